"""IClamp: defaults, delay and dur on and off the grid of steps, the current it reports."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 20
sec.insert("pas")
clamp = n.IClamp(sec(0.5))
defaults = [clamp.delay, clamp.dur, clamp.amp, clamp.i]
traces = {}
for name, delay, dur, amp in (
    ("on grid", 1, 2, 0.1), ("off grid", 1.01, 1.513, -0.2), ("from 0", 0, 1e9, 0.05),
    ("negative delay", -1, 2, 0.1), ("no time", 1, 0, 0.1),
):
    clamp.delay, clamp.dur, clamp.amp = delay, dur, amp
    n.finitialize(-70)
    v, i = [], []
    while n.t < 4:
        n.fadvance()
        v.append(sec(0.5).v)
        i.append(clamp.i)
    traces[name] = {"v": v, "i": i}

report({"defaults": defaults, "traces": traces})
