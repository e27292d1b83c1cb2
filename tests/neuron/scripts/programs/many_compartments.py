"""A binary tree of seven orders, 127 sections, driven at one tip."""

from neuron import n
from paired import report

secs = []
for k in range(127):
    sec = n.Section(f"b{k}")
    order = (k + 1).bit_length()
    sec.L, sec.diam, sec.nseg = 60, 4 / order, 1 + k % 3
    sec.insert("pas")
    for seg in sec:
        seg.pas.g, seg.pas.e = 1e-4 * order, -65
    if k:
        sec.connect(secs[(k - 1) // 2](1))
    secs.append(sec)
secs[0].insert("hh")
clamp = n.IClamp(secs[-1](0.5))
clamp.delay, clamp.dur, clamp.amp = 0.5, 5, 0.1
n.finitialize(-65)
trace = []
while n.t < 6:
    n.fadvance()
    trace.append([secs[0](0.5).v, secs[63](0.5).v, secs[126](0.5).v])

report({"trace": trace, "end": [sec(0.5).v for sec in secs]})
