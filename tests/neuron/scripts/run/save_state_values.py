"""SaveState.restore(1) brings values back and leaves events and weights as they are."""

from neuron import n
from paired import report

soma = n.Section("soma")
soma.L = soma.diam = 15
soma.insert("hh")
syn = n.ExpSyn(soma(0.5))
stim = n.NetStim()
stim.interval, stim.number, stim.start = 2, 10, 1
nc = n.NetCon(stim, syn)
nc.weight[0], nc.delay = 0.002, 1.5
n.finitialize(-65)
for _ in range(120):
    n.fadvance()
state = n.SaveState()
returned = [state.save()]
nc.weight[0] = 0.004
for _ in range(20):
    n.fadvance()
returned.append(state.restore(1))
values = [n.t, soma(0.5).v, soma(0.5).hh.m, syn.g, nc.weight[0]]
returned.append(state.restore())
report({"returned": returned, "values": values, "weight": nc.weight[0], "t": n.t})
