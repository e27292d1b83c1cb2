"""spike_record of some gids, given as one number or as a Vector."""

from neuron import n
from paired import report

pc = n.ParallelContext()
stims, connections = [], []
for gid in range(4):
    stim = n.NetStim()
    stim.start, stim.number, stim.interval = 1 + gid, 4, 2 + 0.3 * gid
    pc.set_gid2node(gid, 0)
    nc = n.NetCon(stim, None)
    pc.cell(gid, nc)
    stims.append(stim), connections.append(nc)
one_t, one_id = n.Vector(), n.Vector()
some_t, some_id = n.Vector(), n.Vector()
pc.spike_record(1, one_t, one_id)
pc.spike_record(n.Vector([0, 3]), some_t, some_id)
sec = n.Section("nothing")
pc.set_maxstep(10)
n.finitialize(-65)
pc.psolve(20)

report({
    "one": [list(one_t), list(one_id)],
    "some": [list(some_t), list(some_id)],
})
