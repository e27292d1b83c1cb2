"""Pulses with IDA: steps stop before at_time's times, and an event of the caller's is exact."""

from neuron import h
from paired import report

cable = h.Section(name="cable")
cable.insert("pas")
cable.L = cable.diam = 30
clamps = []
for i in range(3):
    clamp = h.IClamp(cable(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1 + i, 0.3, 0.1 * (i + 1)
    clamps.append(clamp)
cvode = h.CVode()
cvode.atol(1e-6)
cvode.active(True)
cvode.use_daspk(True)
called = []
h.finitialize(-70)
for time in (0.7, 1.05, 3.33):
    cvode.event(time, lambda: called.append([h.t, cable(0.5).v]))
times = h.Vector([0.5, 1.1, 1.35, 2.2, 2.5, 3.1, 4])
values = []
for time in times:
    cvode.solve(time)
    values.append([h.t, cable(0.5).v])
report({"called": called, "values": values}, rtol=0, atol=1e-4)
