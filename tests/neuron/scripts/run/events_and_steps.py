"""Events off the grid of steps: the step in which each has its effect."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.insert("pas")
found = {}
for dt in (0.025, 0.1, 0.07):
    n.dt = dt
    syns = [n.ExpSyn(sec(0.5)) for _ in range(6)]
    connections = [n.NetCon(None, syn) for syn in syns]
    n.finitialize(-65)
    for k, connection in enumerate(connections):
        connection.weight[0] = 1e-4
        syns[k].tau = 1e9
        connection.event(0.5 + k * dt / 4)
    arrivals = {}
    while n.t < 2:
        n.fadvance()
        for k, syn in enumerate(syns):
            if syn.g > 0:
                arrivals.setdefault(str(k), n.t)
    found[f"{dt}"] = arrivals

report(found)
