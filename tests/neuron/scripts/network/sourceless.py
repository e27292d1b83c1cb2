"""NetCons without a source: FOR_NETCONS visits them, they share one, and inactive ones send nothing."""

from neuron import h
from paired import mechanisms, report

mechanisms("sumweights.mod")
soma = h.Section(name="soma")
soma.nseg = 3
soma.insert("pas")
synapse = h.SumWeights(soma(0.5))
stimuli = [h.NetStim() for _ in range(2)]
netcons = [
    h.NetCon(stimuli[0], synapse),
    h.NetCon(None, synapse),
    h.NetCon(stimuli[1], synapse),
    h.NetCon(None, synapse),
    h.NetCon(soma(0.9)._ref_v, synapse, sec=soma),
    h.NetCon(stimuli[0], synapse),
    h.NetCon(stimuli[1], None),
]
for i, netcon in enumerate(netcons[:6]):
    netcon.weight[0] = 0.01 * (i + 1) ** 2
found = {}
for active in (False, True):
    h.CVode().active(active)
    h.finitialize(-65)
    # whether an event comes is decided where it is sent
    sent = [netcons[1].event(1), netcons[0].event(1.5), netcons[4].event(1.5)]
    netcons[1].active(False)
    sent += [netcons[1].event(2), netcons[1].event(3, 1), netcons[6].event(2)]
    netcons[1].active(True)
    sent.append(netcons[1].event(2.5))
    values = []
    for t in (1.2, 1.7, 2.2, 3.2):
        h.CVode().solve(t) if active else None
        while not active and h.t < t - 1e-9:
            h.fadvance()
        values.append([synapse.total, synapse.alternating])
    weights = [[netcon.weight[i] for i in range(3)] for netcon in netcons[:6]]
    found[f"variable {active}"] = [sent, values, weights]
h.CVode().active(False)


def listed(netcon):
    lists = [netcon.prelist(), netcon.synlist(), netcon.precelllist(), netcon.postcelllist()]
    return [[each.count(), [other.hname() for other in each]] for each in lists]


found["lists"] = [listed(netcons[i]) for i in (0, 1, 4, 6)]
found["places"] = [str(netcons[4].preseg()), netcons[4].preloc(), netcons[4].postloc()]
report(found, rtol=1e-6)
