"""active(True, dt): fadvance returns dt later. (NEURON ignores dt.)"""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
cvode.atol(1e-8)
found = {"on": cvode.active(True, 0.5)}
h.finitialize(-45)
times, v = [], []
for _ in range(4):
    h.fadvance()
    times.append(h.t)
    v.append(soma(0.5).v)
found["times"], found["v"] = times, v
cvode.event(2.125)
h.fadvance()
found["event"] = h.t
h.fadvance()
found["after it"] = h.t
cvode.active(True)
h.fadvance()
found["a step"] = h.t != 3.125
from math import exp

right = [0.5, 1.0, 1.5, 2.0]
expect = {
    "times": right,
    "v": [-65 + 20 * exp(-t) for t in right],
    "event": 2.125,
    "after it": 2.625,
    "a step": True,
}
report(found, rtol=1e-6, expect=expect)
