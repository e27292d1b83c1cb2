"""secondorder 0, 1 and 2: voltages, states and the currents that are reported."""

from neuron import h
from paired import report

soma, dend = h.Section(name="soma"), h.Section(name="dend")
dend.connect(soma(1))
soma.L = soma.diam = 20
dend.L, dend.diam, dend.nseg = 200, 1, 3
soma.insert("hh")
dend.insert("pas")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 2, 0.5
found = {"default": h.secondorder}
for order in (0, 1, 2):
    h.secondorder = order
    h.finitialize(-65)
    trace = []
    while h.t < 6:
        h.fadvance()
        seg = soma(0.5)
        trace.append([seg.v, dend(0.9).v, seg.ina, seg.ik, seg.hh.m, dend(0.5).pas.i])
    found[str(order)] = trace
h.secondorder = 0

report(found)
