"""References follow their variable when nseg, mechanisms and other sections change."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.nseg = 3
sec.insert("pas")
v, g, cm = sec(0.5)._ref_v, sec(0.5).pas._ref_g, sec(0.5)._ref_cm
n.finitialize(-60)
found = {"initial": [v[0], g[0], cm[0]]}
others = [n.Section(f"other{i}") for i in range(5)]
others[0].connect(sec(1))
sec.insert("hh")
n.finitialize(-50)
found["more sections"] = [v[0], g[0], cm[0]]
v[0] = -40
g[0] = 0.25
cm[0] = 2
found["written"] = [sec(0.5).v, sec(0.5).pas.g, sec(0.5).cm]
for _ in range(10):
    n.fadvance()
found["after steps"] = [v[0] == sec(0.5).v, v[0]]
found["same"] = [v == sec(0.5)._ref_v, v == sec(0.1)._ref_v]
t = n._ref_t
found["t"] = [t[0], t[0] == n.t]
n._ref_celsius[0] = 20
found["celsius"] = n.celsius

report(found)
