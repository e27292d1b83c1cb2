"""An action potential along an axon with a change of diameter: times at several places."""

from neuron import h
from paired import report

thin, wide = h.Section(name="thin"), h.Section(name="wide")
wide.connect(thin(1))
for sec, diam in ((thin, 1), (wide, 3)):
    sec.L, sec.diam, sec.nseg, sec.Ra = 1000, diam, 25, 80
    sec.insert("hh")
clamp = h.IClamp(thin(0))
clamp.delay, clamp.dur, clamp.amp = 1, 0.5, 1
counts = [h.APCount(sec(x)) for sec in (thin, wide) for x in (0.1, 0.5, 0.9)]
for count in counts:
    count.thresh = -20
h.finitialize(-65)
v = h.Vector()
while h.t < 15:
    h.fadvance()
    v.append(wide(0.5).v)

report({"n": [count.n for count in counts], "time": [count.time for count in counts], "v": v})
