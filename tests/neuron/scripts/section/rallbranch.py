"""rallbranch multiplies the area and divides the axial resistance towards the parent."""

from neuron import h
from paired import report

soma, dend = h.Section(name="soma"), h.Section(name="dend")
soma.L = soma.diam = 20
dend.L, dend.diam, dend.nseg, dend.rallbranch = 200, 1.5, 3, 4
dend.connect(soma(1))
for sec in (soma, dend):
    sec.insert("pas")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 20, 0.1
h.finitialize(-70)
before = {"area": [seg.area() for seg in dend], "ri": [seg.ri() for seg in dend]}
for _ in range(200):
    h.fadvance()

report({
    "rallbranch": [soma.rallbranch, dend.rallbranch],
    "geometry": before,
    "v": [seg.v for sec in (soma, dend) for seg in sec.allseg()],
})
