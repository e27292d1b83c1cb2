"""finitialize with and without a voltage: v, t, states, currents."""

from neuron import n
from paired import report

soma, dend = n.Section("soma"), n.Section("dend")
dend.connect(soma(1))
dend.nseg = 3
for sec in (soma, dend):
    sec.insert("hh")


def state():
    return [[seg.v, seg.hh.m, seg.hh.h, seg.hh.n, seg.ina, seg.ik, seg.il_hh]
            for sec in (soma, dend) for seg in sec] + [n.t]


found = {"before": [seg.v for seg in dend]}
n.finitialize(-65)
found["-65"] = state()
n.finitialize(-20.5)
found["-20.5"] = state()
soma(0.5).v = -50
dend(0.5).v = -70
n.t = 5
n.finitialize()
found["as it is"] = state()
for _ in range(10):
    n.fadvance()
found["later"] = state()
n.finitialize()
found["from there"] = state()

report(found)
