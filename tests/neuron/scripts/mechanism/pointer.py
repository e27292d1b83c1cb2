"""setpointer of a point process: reads a voltage of another section, writes a parameter."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/follower.mod")
a, b = h.Section(name="a"), h.Section(name="b")
for sec in (a, b):
    sec.L = sec.diam = 20
    sec.insert("pas")
b(0.5).pas.e = -50
clamp = h.IClamp(a(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 5, 0.1
watched = h.IClamp(b(0.5))
watched.delay = 1e9
follower = h.Follower(b(0.5))
h.setpointer(a(0.5)._ref_v, "source", follower)
follower._ref_target = watched._ref_dur
follower.gain = 2
h.finitialize(-65)
trace = []
while h.t < 8:
    h.fadvance()
    trace.append([a(0.5).v, b(0.5).v, follower.i, watched.dur, follower.source])
h.setpointer(b(0.5)._ref_e_pas, "source", follower)
for _ in range(40):
    h.fadvance()

report({"trace": trace, "other source": [follower.source, b(0.5).v, follower.i]})
