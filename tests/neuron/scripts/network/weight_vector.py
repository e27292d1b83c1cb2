"""NetCons with several arguments: weight as a sequence, INITIAL of NET_RECEIVE, wcnt."""

from neuron import n
from paired import mechanisms, raises, report

mechanisms("plastic.mod")
sec = n.Section("soma")
sec.L = sec.diam = 20
sec.insert("pas")
syn = n.Plastic(sec(0.5))
stim = n.NetStim()
stim.interval, stim.number, stim.start = 12, 5, 1
one, two = n.NetCon(stim, syn), n.NetCon(stim, syn)
one.weight[0], two.weight[0], two.delay = 0.002, 0.004, 4
initial = [list(one.weight), len(one.weight), one.wcnt()]
recorded, reference = n.Vector().record(one._ref_weight[1], 1), two._ref_weight[0]
n.finitialize(-65)
begun = [list(one.weight), list(two.weight)]
g = []
while n.t < 60:
    n.fadvance()
    g.append(syn.g)

report({
    "initial": initial,
    "begun": begun,
    "end": [list(one.weight), list(two.weight)],
    "g": g,
    "index": raises(lambda: one.weight[4]),
    "recorded": recorded,
    "reference": reference[0],
})
