"""cm, Ra and diam set in the middle of a run take effect from the next step."""

from neuron import h
from paired import report

soma, dend = h.Section(name="soma"), h.Section(name="dend")
dend.connect(soma(1))
soma.L = soma.diam = 20
dend.L, dend.diam, dend.nseg = 200, 2, 3
for sec in (soma, dend):
    sec.insert("pas")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 0, 100, 0.05
h.finitialize(-65)
trace = []


def steps(count):
    for _ in range(count):
        h.fadvance()
    trace.append([seg.v for sec in (soma, dend) for seg in sec])


steps(40)
soma.cm = 3
steps(40)
dend.Ra = 200
steps(40)
dend(0.5).diam = 0.5
steps(40)
dend.L = 300
steps(40)
soma(0.5).pas.g = 0.01
steps(40)

report({"trace": trace, "t": h.t})
