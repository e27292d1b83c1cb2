"""fadvance: a step of each of the earliest cells; t is the least of all times or that of an event."""

from neuron import h
from paired import report

cells = []
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 10 + 5 * k
    soma.insert("hh")
    cells.append(soma)
clamp = h.IClamp(cells[0](0.5))
clamp.delay, clamp.dur, clamp.amp = 0.5, 1, 0.3
cvode = h.CVode()
cvode.active(True)
cvode.use_local_dt(True)
cvode.atol(1e-4)
h.finitialize(-65)
found = {"begin": [h.t, cvode.use_local_dt(), cvode.current_method()]}
times = []
for _ in range(30):
    h.fadvance()
    times.append(h.t)
found["times"] = times[:6]
found["ascending"] = all(a <= b for a, b in zip(times, times[1:]))
found["different"] = len({cvode.order(k) for k in range(3)}) >= 1
events = []
cvode.event(times[-1] + 0.25, lambda: events.append(h.t))
h.fadvance()
while h.t < times[-1] + 0.5:
    h.fadvance()
found["event"] = [len(events), abs(events[0] - times[-1] - 0.25) < 1e-12]
# Lengths of steps follow from differences of the size of the tolerance.
report(found, rtol=1e-9, atol=1e-12, loose={"times": {"rtol": 1e-2, "atol": 1e-9}})
