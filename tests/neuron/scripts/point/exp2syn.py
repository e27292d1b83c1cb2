"""Exp2Syn: peak conductance is the weight, also where tau1 is close to or above tau2."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.insert("pas")
syns = [h.Exp2Syn(sec(0.5)) for _ in range(4)]
defaults = [syns[0].tau1, syns[0].tau2, syns[0].e]
for syn, tau1, tau2 in zip(syns, (0.5, 1, 3, 2), (2, 10, 3, 1)):
    syn.tau1, syn.tau2, syn.e = tau1, tau2, -20
connections = [h.NetCon(None, syn) for syn in syns]
for connection in connections:
    connection.weight[0] = 0.001
h.finitialize(-65)
for k, connection in enumerate(connections):
    connection.event(0.5 + k)
g, i, v = [], [], []
while h.t < 8:
    h.fadvance()
    g.append([syn.g for syn in syns])
    i.append([syn.i for syn in syns])
    v.append(sec(0.5).v)

report({
    "defaults": defaults,
    "g": g,
    "i": i,
    "v": v,
    "states": [[syn.A, syn.B] for syn in syns],
    "tau1 afterwards": [syn.tau1 for syn in syns],
})
