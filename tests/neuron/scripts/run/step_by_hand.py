"""A closed loop in Python: a parameter follows the voltage, step by step."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.insert("hh")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur = 0, 1e9
h.finitialize(-65)
integral, trace = 0.0, []
while h.t < 10:
    error = -30 - sec(0.5).v
    integral += error * h.dt
    clamp.amp = 0.02 * error + 0.005 * integral
    h.fadvance()
    trace.append([sec(0.5).v, clamp.amp])

report({"trace": trace})
