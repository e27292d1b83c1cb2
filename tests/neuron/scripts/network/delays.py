"""NetCons with several delays and weights from one source; changes between events."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 30
sec.insert("pas")
stim = n.NetStim()
stim.interval, stim.number, stim.start = 4, 3, 1
syns, connections = [], []
for k, (delay, weight) in enumerate(((0, 0.001), (0.01, 0.002), (1, 0.003), (3.3, -0.0005))):
    syn = n.ExpSyn(sec(0.5))
    syn.tau = k + 0.5
    connection = n.NetCon(stim, syn)
    connection.delay, connection.weight[0] = delay, weight
    syns.append(syn), connections.append(connection)
n.finitialize(-65)
g, v = [], []
while n.t < 14:
    n.fadvance()
    g.append([syn.g for syn in syns])
    v.append(sec(0.5).v)
    if abs(n.t - 4.5) < 1e-6:
        connections[0].weight[0] = 0.01
        connections[1].delay = 2
        connections[2].active(False)

report({"g": g, "v": v})
