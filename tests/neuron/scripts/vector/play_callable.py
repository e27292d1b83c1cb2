"""Recording several variables of point processes and ions, and playing one to drive another."""

from neuron import h
from paired import report

a, b = h.Section(name="a"), h.Section(name="b")
for sec in (a, b):
    sec.L = sec.diam = 20
    sec.insert("hh")
clamp = h.IClamp(a(0.5))
clamp.delay, clamp.dur, clamp.amp = 0.5, 1, 0.6
v, t = h.Vector().record(a(0.5)._ref_v), h.Vector().record(h._ref_t)
h.finitialize(-65)
while h.t < 6:
    h.fadvance()
follow = h.SEClamp(b(0.5))
follow.dur1, follow.rs = 1e9, 0.1
command, at = v.c(), t.c()
command.play(follow._ref_amp1, at, 1)
copy = h.Vector().record(b(0.5)._ref_v)
ik = h.Vector().record(b(0.5)._ref_ik)
h.finitialize(-65)
while h.t < 6:
    h.fadvance()

report({"v": v, "copy": copy, "ik": ik})
