"""NetCons of sources and targets that are gone: no longer valid, and nothing arrives."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.insert("pas")
stim, other = n.NetStim(), n.NetStim()
stim.start, other.start = 1, 2
syn, kept = n.ExpSyn(sec(0.5)), n.ExpSyn(sec(0.5))
first, second, third = n.NetCon(stim, syn), n.NetCon(stim, kept), n.NetCon(other, kept)
for each in (first, second, third):
    each.weight[0] = 0.01
before = [each.valid() for each in (first, second, third)]
del syn
without_target = [each.valid() for each in (first, second, third)]
del other
n.finitialize(-65)
g = []
while n.t < 5:
    n.fadvance()
    g.append(kept.g)

report({
    "before": before,
    "without target": without_target,
    "without source": [each.valid() for each in (first, second, third)],
    "g": g,
    "points": [point.hname() for point in sec(0.5).point_processes()],
})
