"""Sections connected by their 1 end: orientation, which end is nearer, voltages along."""

from neuron import h
from paired import report

soma, turned, after = [h.Section(name=name) for name in ("soma", "turned", "after")]
for sec, length in ((soma, 20), (turned, 100), (after, 70)):
    sec.L, sec.diam, sec.nseg = length, 2, 5
    sec.insert("pas")
turned.connect(soma(1), 1)
after.connect(turned(0), 0)
for seg in turned:
    seg.diam = 1 + seg.x
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 0, 5, 0.05
h.finitialize(-70)
while h.t < 3:
    h.fadvance()

report({
    "orientation": [sec.orientation() for sec in (soma, turned, after)],
    "h.section_orientation": [h.section_orientation(sec=sec) for sec in (soma, turned, after)],
    "parent_connection": [h.parent_connection(sec=sec) for sec in (turned, after)],
    "parentseg": [sec.parentseg().x for sec in (turned, after)],
    "ri": [seg.ri() for seg in turned.allseg()],
    "v": [[seg.v for seg in sec.allseg()] for sec in (soma, turned, after)],
    "distance": [h.distance(soma(0.5), turned(x)) for x in (0, 0.1, 0.5, 1)],
})
