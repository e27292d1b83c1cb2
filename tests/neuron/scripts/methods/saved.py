"""SaveState under each integrator, with events, synapses and an artificial cell under way: a run that is
brought back, in memory or from a file, goes on as the first one did."""

from integrators import each
from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cvode = h.CVode()
somas = [h.Section(name=f"soma{k}") for k in range(2)]
for soma in somas:
    soma.L = soma.diam = 20
    soma.insert("hh")
synapses = [h.Exp2Syn(soma(0.5)) for soma in somas]
stim, cell = h.NetStim(), h.IntFire1()
stim.noiseFromRandom123(1, 2, 3)
stim.interval, stim.number, stim.start, stim.noise = 2, 50, 0.5, 1
cell.tau = 9
netcons = []
for source, target, weight, delay in (
    (stim, synapses[0], 0.01, 0.9),
    (stim, cell, 0.55, 1.7),
    (cell, synapses[1], 0.02, 3.1),
    (somas[0](0.5)._ref_v, synapses[1], 0.02, 4.3),
):
    netcon = h.NetCon(source, target, sec=somas[0])
    netcon.weight[0], netcon.delay = weight, delay
    netcons.append(netcon)
spikes = [h.Vector(), h.Vector()]
netcons[2].record(spikes[0])
netcons[3].record(spikes[1])


def rest():
    """From 7 ms on."""
    for each_of in spikes:
        each_of.resize(0)
    pending = h.Vector()
    cvode.print_event_queue(pending)
    h.continuerun(23)
    return list(pending), [list(s) for s in spikes], [soma(0.5).v for soma in somas], cell.m


def run():
    h.finitialize(-65)
    h.continuerun(7)
    state = h.SaveState()
    state.save()
    file = h.File("state.bin")
    state.fwrite(file)
    values = [somas[0](0.5).hh.m, synapses[0].B, somas[1](0.5).v, h.t]
    # the integrator's history is not saved: what goes on is compared where both begin anew
    cvode.re_init() if cvode.active() else None
    first = rest()
    state.restore()
    cvode.re_init() if cvode.active() else None
    back = [somas[0](0.5).hh.m, synapses[0].B, somas[1](0.5).v, h.t]
    second = rest()
    h.finitialize(-50)
    other = h.SaveState()
    other.fread(h.File("state.bin"))
    other.restore()
    cvode.re_init() if cvode.active() else None
    third = rest()
    lengths = lambda a: [len(a[0]), *map(len, a[1])]
    differences = lambda a, b: [abs(x - y) for p, q in zip(a[1], b[1]) for x, y in zip(p, q)]
    close = lambda a, b: lengths(a) == lengths(b) and max(differences(a, b)) < 1e-5
    same = second == third and close(first, second)
    return {
        "values": values,
        "back": values == back,
        "first": first[1:],
        "same": same,
        "lengths": lengths(first),
    }


found = each(h, run)
same = {name: result.pop("same") for name, result in found.items()}
# NEURON's IDA is half a mV away from where all others are
found.pop("ida")
report(
    {**found, "same": same},
    # variable steps are not the same ones
    rtol=1e-5,
    atol=0.05,
    # NEURON's file has not how far the random numbers are
    expect={"same": dict.fromkeys(same, True)},
)
