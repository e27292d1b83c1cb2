"""gid2obj, gid2cell and thresholds by gid; gid_connect to a NetCon that is given."""

from neuron import h
from paired import report

pc = h.ParallelContext()
sec = h.Section(name="soma")
sec.insert("pas")
stim, fire, syn = h.NetStim(), h.IntFire1(), h.ExpSyn(sec(0.5))
stim.start, stim.number, stim.interval = 1, 5, 1.5
for gid, source in ((5, stim), (6, fire)):
    pc.set_gid2node(gid, 0)
    pc.cell(gid, h.NetCon(source, None))
first = pc.gid_connect(5, fire)
second = pc.gid_connect(6, syn)
first.weight[0], first.delay = 2, 0.5
second.weight[0], second.delay = 0.01, 0.7
times, gids = h.Vector(), h.Vector()
pc.spike_record(-1, times, gids)
g = h.Vector().record(syn._ref_g)
pc.set_maxstep(10)
h.finitialize(-65)
pc.psolve(12)

report({
    "objects": [pc.gid2obj(5) == stim, pc.gid2obj(6) == fire, pc.gid2cell(5) == stim],
    "valid": [first.valid(), second.valid(), first.srcgid(), second.srcgid()],
    "pre": [first.pre() == stim, second.pre() == fire],
    "times": times,
    "gids": gids,
    "g": g,
})
