"""A point process with a variable `delay`, which is another name of IClamp's `del`."""

from neuron import h
from paired import mechanisms, report

mechanisms("latepulse.mod")
sec = h.Section(name="soma")
sec.insert("pas")
pulse, clamp = h.LatePulse(sec(0.5)), h.IClamp(sec(0.5))
found = {"units": [h.units("LatePulse.delay"), h.units("IClamp.dur"), h.units("LatePulse.amp")]}
found["default"] = [pulse.delay, clamp.delay]
pulse.delay, clamp.delay, clamp.dur, clamp.amp = 1, 2, 1, 0.2
h.finitialize(-65)
trace = []
while h.t < 4:
    h.fadvance()
    trace.append((sec(0.5).v, pulse.i, clamp.i))
found["set"] = [pulse.delay, clamp.delay, trace]
report(found)
