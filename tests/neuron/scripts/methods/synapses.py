"""ExpSyn and Exp2Syn, driven by NetStims with noise and delays off the steps, under each integrator."""

from integrators import each
from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
somas = [h.Section(name=f"soma{k}") for k in range(2)]
for soma in somas:
    soma.L = soma.diam = 20
    soma.insert("hh")
synapses = [h.ExpSyn(somas[0](0.5)), h.Exp2Syn(somas[1](0.5))]
synapses[0].tau = 1.7
synapses[1].tau1, synapses[1].tau2, synapses[1].e = 0.4, 3.1, -10
stims, netcons, arrivals = [], [], []
for k, synapse in enumerate(synapses):
    stim = h.NetStim()
    stim.noiseFromRandom123(3, k, 11)
    stim.interval, stim.number, stim.start, stim.noise = 2.5, 8, 0.7, 0.8
    netcon = h.NetCon(stim, synapse)
    netcon.delay, netcon.weight[0] = 0.613 + 0.4 * k, 0.006
    sent = h.Vector()
    netcon.record(sent)
    stims.append(stim), netcons.append(netcon), arrivals.append(sent)
times = h.Vector([k * 1.0 for k in range(26)])
recorded = [(somas[0](0.5)._ref_v, somas[0]), (somas[1](0.5)._ref_v, somas[1])]
recorded += [(synapses[0]._ref_g, somas[0]), (synapses[1]._ref_B, somas[1])]
traces = [h.Vector() for _ in recorded]
for trace, (reference, soma) in zip(traces, recorded):
    trace.record(reference, times)


def run():
    h.finitialize(-65)
    h.continuerun(25)
    return [list(trace) for trace in traces], [list(sent) for sent in arrivals]


found = each(h, run)
report(
    {
        "sent": {name: sent for name, (_, sent) in found.items()},
        "potentials": {name: traces[:2] for name, (traces, _) in found.items()},
        "states": {name: traces[2:] for name, (traces, _) in found.items()},
    },
    # steps are not the same ones
    loose={"potentials": {"rtol": 1e-4, "atol": 5e-2}, "states": {"rtol": 1e-6, "atol": 1e-7}},
)
