"""PatternStim: spikes of given times from given gids, as if these cells were here."""

from neuron import n
from paired import report

pc = n.ParallelContext()
sec = n.Section("soma")
sec.L = sec.diam = 20
sec.insert("pas")
syns = [n.ExpSyn(sec(0.5)) for _ in range(2)]
connections = [pc.gid_connect(gid, syns[gid % 2]) for gid in (10, 11, 12)]
for k, connection in enumerate(connections):
    connection.weight[0], connection.delay = 0.004 * (k + 1), 1 + 0.5 * k
times = n.Vector([1, 2.5, 2.5, 4, 6.013])
gids = n.Vector([10, 11, 12, 10, 12])
pattern = n.PatternStim()
pattern.play(times, gids)
pc.set_maxstep(10)
v = n.Vector().record(sec(0.5)._ref_v)
n.finitialize(-65)
pc.psolve(10)

report({"v": v, "t": n.t, "g": [syn.g for syn in syns]})
