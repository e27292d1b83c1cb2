"""t set by hand: a clamp that depends on it follows."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 20
sec.insert("pas")
clamp = n.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 100, 1, 0.5
v = []
n.finitialize(-70)
n.t = 99.5
for _ in range(80):
    n.fadvance()
    v.append([n.t, sec(0.5).v, clamp.i])

report({"v": v})
