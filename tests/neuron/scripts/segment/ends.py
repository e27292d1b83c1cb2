"""The zero-area ends of sections: what they have, and what they share with a parent."""

from neuron import h
from paired import raises, report

soma, dend = h.Section(name="soma"), h.Section(name="dend")
dend.connect(soma(1))
soma.nseg = 3
dend.nseg = 2
for sec in (soma, dend):
    sec.insert("pas")
    sec.L = 100
for i, seg in enumerate(dend):
    seg.pas.g = 0.001 * (i + 1)
clamp = h.IClamp(dend(1))
clamp.delay, clamp.dur, clamp.amp = 0, 10, 0.01
h.finitialize(-65)
for _ in range(40):
    h.fadvance()

report({
    "v": [sec(x).v for sec in (soma, dend) for x in (0, 0.5, 1)],
    "shared": soma(1).v == dend(0).v,
    "area": [sec(x).area() for sec in (soma, dend) for x in (0, 1)],
    "volume": [sec(x).volume() for sec in (soma, dend) for x in (0, 1)],
    "ri": [sec(x).ri() for sec in (soma, dend) for x in (0, 1)],
    "pas at an end": raises(lambda: dend(1).pas.g),
    "g_pas at an end": dend(1).g_pas,
    "mechanisms": [mech.name() for mech in dend(1)],
    "points": [str(point) for point in dend(1).point_processes()],
    "x": [dend(0).x, dend(1).x],
})
