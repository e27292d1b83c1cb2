"""Calcium that accumulates, KINETIC channels, and a current that depends on it, in two cells."""

from neuron import h
from paired import mechanisms, report

mechanisms("caaccum.mod", "cal.mod", "markov.mod")
h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, clamps, variables = [], [], []
at = h.Vector([0.75 * k for k in range(20)])
for k in range(2):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 20 + 2 * k
    for name in ("hh", "caaccum", "cal", "markov"):
        soma.insert(name)
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1 + 4 * k, 0.5, 1
    cells.append(soma), clamps.append(clamp)
    for name in ("v", "cai", "eca", "ica"):
        variables.append(h.Vector().record(getattr(soma(0.5), f"_ref_{name}"), at))
cvode = h.CVode()
cvode.atol(1e-8)
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(15)
report({"values": [list(v) for v in variables]}, rtol=1e-5, atol=1e-8)
