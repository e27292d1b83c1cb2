"""ExpSyn with events of several weights, and state set by hand."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 20
sec.insert("pas")
syn = n.ExpSyn(sec(0.5))
defaults = [syn.tau, syn.e, syn.i, syn.g]
syn.tau, syn.e = 1.7, 0
connection = n.NetCon(None, syn)
connection.weight[0] = 0.01
n.finitialize(-65)
for time in (1, 1.5, 1.5, 3.012):
    connection.event(time)
v, i, g = [], [], []
while n.t < 5:
    n.fadvance()
    v.append(sec(0.5).v)
    i.append(syn.i)
    g.append(syn.g)
    if abs(n.t - 4) < 1e-6:
        syn.g += 0.005

report({"defaults": defaults, "v": v, "i": i, "g": g})
