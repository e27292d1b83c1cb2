"""Potassium in and out of a cell changes ek; ki and ko are states."""

from neuron import n
from paired import mechanisms, report

mechanisms("kaccum.mod")
sec = n.Section("axon")
sec.L, sec.diam, sec.nseg = 300, 1, 3
sec.insert("hh")
sec.insert("kaccum")
clamp = n.IClamp(sec(0.1))
clamp.delay, clamp.dur, clamp.amp = 1, 20, 0.1
n.finitialize(-65)
trace = []
while n.t < 25:
    n.fadvance()
    seg = sec(0.5)
    trace.append([seg.v, seg.ki, seg.ko, seg.ek, seg.ik])

report({"trace": trace, "style": n.ion_style("k_ion", sec=sec)})
