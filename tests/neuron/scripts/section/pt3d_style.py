"""pt3dstyle(1, ...): the place of logical connection of a section with points."""

from neuron import h
from paired import report

soma, dend = h.Section(name="soma"), h.Section(name="dend")
for x in (0, 10, 20):
    soma.pt3dadd(x, 0, 0, 15)
dend.pt3dadd(10, 7.5, 0, 2)
dend.pt3dadd(10, 57.5, 0, 1)
dend.connect(soma(0.5))
before = h.pt3dstyle(sec=dend)
h.pt3dstyle(1, 10, 0, 0, sec=dend)
dend.nseg = 4

report({
    "style": [before, h.pt3dstyle(sec=dend)],
    "L": dend.L,
    "n3d": dend.n3d(),
    "area": [seg.area() for seg in dend],
    "ri": [seg.ri() for seg in dend],
})
