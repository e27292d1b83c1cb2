"""Vector.record: every step, every Dt, at given times, and the time itself."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.insert("hh")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 0.5, 1, 0.8
every = h.Vector().record(sec(0.5)._ref_v)
time = h.Vector().record(h._ref_t)
spaced = h.Vector().record(sec(0.5)._ref_v, 0.1)
spaced_time = h.Vector().record(h._ref_t, 0.1)
at = h.Vector([0, 0.3, 1, 1.025, 2.51, 4])
chosen = h.Vector().record(sec(0.5)._ref_v, at)
gate = h.Vector().record(sec(0.5).hh._ref_m)
current = h.Vector().record(sec(0.5)._ref_ina)
stimulus = h.Vector().record(clamp._ref_i)
keyword = h.Vector().record(sec(0.5)._ref_v, sec=sec)
h.finitialize(-65)
while h.t < 5 - 0.0125:
    h.fadvance()

report({
    "every": every,
    "time": time,
    "spaced": spaced,
    "spaced time": spaced_time,
    "chosen": chosen,
    "gate": gate,
    "current": current,
    "stimulus": stimulus,
    "keyword": len(keyword),
})
