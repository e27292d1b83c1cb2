"""NetCon.event: now, later, several at once, in the past, with a delay that does not count."""

from neuron import n
from paired import raises, report

sec = n.Section("soma")
sec.insert("pas")
syn = n.ExpSyn(sec(0.5))
syn.tau = 5
nc = n.NetCon(None, syn)
nc.weight[0], nc.delay = 0.001, 3
n.finitialize(-65)
nc.event(0)
nc.event(0.5)
nc.event(0.5)
nc.event(1.0125)
g = []
while n.t < 1.9:
    n.fadvance()
    g.append(syn.g)
nc.event(n.t)
nc.event(n.t + 0.1)
while n.t < 3:
    n.fadvance()
    g.append(syn.g)

report({"g": g, "no argument": raises(lambda: nc.event())})
