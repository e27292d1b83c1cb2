"""Makes neuron.json: numbers of NEURON 9.0.2 that tests/runtime compares with.

    python generate.py            (in the environment that tests/neuron/venv.sh makes)

Every case has its own process, since NEURON has one global state. Mechanisms are NEURON's
own (pas, hh without its tables, IClamp, ExpSyn, NetStim), two that tests/runtime has written by
hand in Rust, and one that makes NMODL's random functions callable. Numbers are written so that reading gives the same double. The
tolerances are in the tests, next to what they compare.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

MODS = {
    "caacc.mod": """
NEURON { SUFFIX caacc USEION ca READ ica, cai WRITE cai RANGE k, tau, ca0 }
PARAMETER { k = 0.1  tau = 20 (ms)  ca0 = 1e-4 (mM) }
ASSIGNED { ica (mA/cm2) }
STATE { cai (mM) }
INITIAL { cai = ca0 }
BREAKPOINT { SOLVE s METHOD cnexp }
DERIVATIVE s { cai' = -ica*k - (cai - ca0)/tau }
""",
    "scop.mod": """
NEURON { SUFFIX nothing }
FUNCTION draw_uniform() { draw_uniform = scop_random() }
FUNCTION seed(s) { set_seed(s)  seed = s }
FUNCTION draw_exponential(mean) { draw_exponential = exprand(mean) }
FUNCTION draw_normal(mean, sd) { draw_normal = normrand(mean, sd) }
FUNCTION draw_poisson(mean) { draw_poisson = poisrand(mean) }
""",
    "caleak.mod": """
NEURON { SUFFIX caleak USEION ca READ eca WRITE ica RANGE g }
PARAMETER { g = 1e-4 (S/cm2) }
ASSIGNED { v (mV) eca (mV) ica (mA/cm2) }
BREAKPOINT { ica = g*(v - eca) }
""",
}


def soma_and_dendrites(h):
    """The cell of most cases: a soma, two dendrites at its ends, a twig inside one of them."""
    soma, dend, apic, twig = (h.Section(name=n) for n in ("soma", "dend", "apic", "twig"))
    soma.L, soma.diam, soma.nseg = 20, 15, 1
    dend.L, dend.diam, dend.nseg = 300, 2, 5
    apic.L, apic.diam, apic.nseg = 400, 3, 4
    twig.L, twig.diam, twig.nseg = 100, 1, 3
    dend.connect(soma(0))
    apic.connect(soma(1))
    twig.connect(apic(0.4), 1)
    for sec in (soma, dend, apic, twig):
        sec.Ra, sec.cm = 120, 1.2
    return soma, dend, apic, twig


def clamp(h, segment, delay, dur, amp):
    stim = h.IClamp(segment)
    setattr(stim, "del" if hasattr(stim, "del") else "delay", delay)
    stim.dur, stim.amp = dur, amp
    return stim


def trace(h, refs, tstop, every=1):
    """Values of the references after initialization and after every so many steps."""
    out = {name: [ref[0]] for name, ref in refs.items()}
    times = [h.t]
    for step in range(1, round(tstop / h.dt) + 1):
        h.fadvance()
        if step % every == 0:
            times.append(h.t)
            for name, ref in refs.items():
                out[name].append(ref[0])
    return {"t": times, **out}


def geometry(h):
    points = {
        "cone": [(0, 0, 0, 4), (30, 0, 0, 2), (30, 40, 0, 1)],
        "rough": [(0, 0, 0, 1.3), (3.7, 1.1, 0, 2.9), (3.7, 1.1, 0, 0.8), (9.1, -2.2, 4.4, 0.77),
                  (20.3, 5, 1, 0.31), (21, 5.5, 1.25, 0.31), (50, 0, 0, 0.5)],
    }
    out = []
    for name, pts in points.items():
        for nseg in (1, 2, 5, 8):
            for end in (0, 1):
                root = h.Section(name="root")
                root.L, root.diam, root.Ra = 20, 15, 90
                sec = h.Section(name=name)
                sec.Ra = 140
                for p in pts:
                    h.pt3dadd(*p, sec=sec)
                sec.nseg = nseg
                sec.connect(root(1), end)
                xs = [(i + 0.5) / nseg for i in range(nseg)]
                out.append({
                    "points": [list(p) for p in pts], "nseg": nseg, "end": end, "L": sec.L,
                    "area": [sec(x).area() for x in xs], "ri": [sec(x).ri() for x in xs],
                    "diam": [sec(x).diam for x in xs],
                    "ri_far": sec(1 - end).ri(),
                })
    return out


def passive(h, secondorder=0):
    soma, dend, apic, twig = soma_and_dendrites(h)
    h.secondorder = secondorder
    for sec in (soma, dend, apic, twig):
        sec.insert("pas")
        sec.g_pas, sec.e_pas = 3e-4, -70
    stim = clamp(h, dend(0.3), 1, 5, 0.3)
    h.finitialize(-65)
    refs = {"soma": soma(0.5)._ref_v, "dend1": dend(1)._ref_v, "twig": twig(0.1)._ref_v,
            "twig0": twig(0)._ref_v, "icap": apic(0.6)._ref_i_cap}
    return trace(h, refs, 10, every=20)


def hh(h, secondorder=0, celsius=6.3):
    soma, dend, apic, twig = soma_and_dendrites(h)
    h.usetable_hh = 0
    h.secondorder, h.celsius = secondorder, celsius
    soma.insert("hh")
    apic.insert("hh")
    apic.gnabar_hh = 0.06
    for sec in (dend, twig):
        sec.insert("pas")
        sec.g_pas, sec.e_pas = 1e-4, -65
    stim = clamp(h, soma(0.5), 1, 20, 0.9)
    nc = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
    nc.threshold = 0
    spikes = h.Vector()
    nc.record(spikes)
    h.finitialize(-65)
    refs = {"soma": soma(0.5)._ref_v, "apic": apic(0.9)._ref_v, "twig": twig(0)._ref_v,
            "m": soma(0.5).hh._ref_m, "ina": soma(0.5)._ref_ina, "ik": apic(0.4)._ref_ik,
            "ena": soma(0.5)._ref_ena}
    out = trace(h, refs, 25, every=10)
    out["spikes"] = list(spikes)
    return out


def calcium(h, secondorder=0, celsius=34):
    soma = h.Section(name="soma")
    soma.L = soma.diam = 10
    soma.nseg = 3
    soma.insert("caacc")
    soma.insert("caleak")
    soma.insert("pas")
    h.secondorder, h.celsius = secondorder, celsius
    stim = clamp(h, soma(0.5), 2, 5, 0.02)
    h.finitialize(-60)
    refs = {"v": soma(0.2)._ref_v, "cai": soma(0.5)._ref_cai, "eca": soma(0.5)._ref_eca,
            "ica": soma(0.5)._ref_ica, "cao": soma(0.5)._ref_cao}
    return trace(h, refs, 10, every=20)


def network(h):
    """A NetStim drives a cell through an ExpSyn; the cell drives another one."""
    h.usetable_hh = 0
    cells = []
    for i in range(2):
        soma = h.Section(name=f"soma{i}")
        soma.L = soma.diam = 20
        soma.insert("hh")
        syn = h.ExpSyn(soma(0.5))
        syn.tau = 2
        cells.append((soma, syn))
    stim = h.NetStim()
    stim.start, stim.interval, stim.number, stim.noise = 2, 9.3, 4, 0
    first = h.NetCon(stim, cells[0][1])
    first.delay, first.weight[0] = 0.7, 0.02
    second = h.NetCon(cells[0][0](0.5)._ref_v, cells[1][1], sec=cells[0][0])
    second.delay, second.weight[0], second.threshold = 1.33, 0.015, -10
    other = h.NetCon(cells[1][0](0.5)._ref_v, None, sec=cells[1][0])
    vectors = [h.Vector() for _ in range(3)]
    for nc, vector in zip((first, second, other), vectors):
        nc.record(vector)
    sampled_v, sampled_t = h.Vector(), h.Vector()
    sampled_v.record(cells[1][0](0.5)._ref_v, 0.31)
    sampled_t.record(h._ref_t, 0.31)
    h.finitialize(-65)
    out = trace(h, {"v0": cells[0][0](0.5)._ref_v, "v1": cells[1][0](0.5)._ref_v,
                    "g0": cells[0][1]._ref_g}, 40, every=10)
    out["events"] = [list(v) for v in vectors]
    out["sampled_v"], out["sampled_t"] = list(sampled_v), list(sampled_t)
    return out


def noise(h):
    """Spike times of a random NetStim; a section only because NEURON wants one to advance."""
    soma = h.Section(name="soma")
    stim = h.NetStim()
    stim.start, stim.interval, stim.number, stim.noise = 1, 3, 20, 0.7
    stim.noiseFromRandom123(5, 11, 2)
    nc = h.NetCon(stim, None)
    times = h.Vector()
    nc.record(times)
    h.finitialize(-65)
    while h.t < 80:
        h.fadvance()
    return list(times)


def scop(h, mcell_low=None):
    """NMODL's random functions, with both generators that they can use."""
    if mcell_low is not None:
        h.use_mcell_ran4(1)
        h.mcell_ran4_init(mcell_low)
    out = {"uniform": [h.draw_uniform() for _ in range(6)]}
    for name, seed, args in (("exponential", 17, (2.5,)), ("normal", -3, (1.5, 0.5)),
                             ("poisson", 1e10, (7.5,))):
        h.seed(seed)
        out[name] = [getattr(h, f"draw_{name}")(*args) for _ in range(6)]
    return out


CASES = {
    "geometry": geometry,
    **{f"passive{o}": (lambda h, o=o: passive(h, o)) for o in (0, 1, 2)},
    **{f"hh{o}": (lambda h, o=o: hh(h, o)) for o in (0, 1, 2)},
    "hh_warm": lambda h: hh(h, celsius=20),
    **{f"calcium{o}": (lambda h, o=o: calcium(h, o)) for o in (0, 2)},
    "network": network,
    "noise": noise,
    "scop": scop,
    "scop_mcell": lambda h: scop(h, 9),
}


def main():
    if len(sys.argv) > 1:
        from neuron import h
        json.dump(CASES[sys.argv[1]](h), sys.stdout)
        return
    out = {"generator": "NEURON 9.0.2, tests/runtime/reference/generate.py"}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in MODS.items():
            (Path(folder) / name).write_text(text)
        compiler = Path(sys.executable).parent / "nrnivmodl"
        subprocess.run([compiler], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for name in CASES:
            run = subprocess.run([sys.executable, Path(__file__).resolve(), name], cwd=folder,
                                 check=True, stdout=subprocess.PIPE,
                                 env={**os.environ, "NEURON_MODULE_OPTIONS": "-nogui"})
            text = run.stdout.decode()
            out[name] = json.loads(text[text.index(text.lstrip()[0]):])
    lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in out.items())
    Path(__file__).with_name("neuron.json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
