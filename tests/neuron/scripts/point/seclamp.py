"""SEClamp: three levels with a series resistance, into an hh cell."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 15
sec.insert("hh")
clamp = h.SEClamp(sec(0.5))
defaults = [clamp.rs, clamp.dur1, clamp.amp1, clamp.dur2, clamp.amp2, clamp.dur3, clamp.amp3]
clamp.rs = 0.5
clamp.dur1, clamp.amp1 = 2, -65
clamp.dur2, clamp.amp2 = 3.01, -10
clamp.dur3, clamp.amp3 = 2, -80
h.finitialize(-65)
v, i, vc, m = [], [], [], []
while h.t < 9:
    h.fadvance()
    v.append(sec(0.5).v)
    i.append(clamp.i)
    vc.append(clamp.vc)
    m.append(sec(0.5).hh.m)

report({"defaults": defaults, "v": v, "i": i, "vc": vc, "m": m},
       # a current of the clamp is the small difference of two voltages over a small resistance
       loose={"i": {"rtol": 1e-9, "atol": 1e-9}})
