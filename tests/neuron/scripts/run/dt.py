"""dt: changed before a run and in the middle of it; times that it gives."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 15
sec.insert("hh")
clamp = n.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 0.5, 1, 0.5
found = {"default": n.dt}
for dt in (0.025, 0.01, 0.1, 0.0123):
    n.dt = dt
    n.finitialize(-65)
    v = []
    for _ in range(int(3 / dt)):
        n.fadvance()
        v.append([n.t, sec(0.5).v])
    found[f"{dt}"] = v
n.dt = 0.05
n.finitialize(-65)
mixed = []
for dt in (0.05, 0.01, 0.2, 0.025):
    n.dt = dt
    for _ in range(5):
        n.fadvance()
    mixed.append([n.t, n.dt, sec(0.5).v, sec(0.5).hh.m])
found["mixed"] = mixed

report(found)
