"""Thresholds: events at crossings from below, one threshold for each source variable."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 18
sec.insert("hh")
clamp = n.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 30, 0.4
first = n.NetCon(sec(0.5)._ref_v, None, sec=sec)
second = n.NetCon(sec(0.5)._ref_v, None, sec=sec)
gate = n.NetCon(sec(0.5).hh._ref_h, None, sec=sec)
default = first.threshold
first.threshold = -20
shared = second.threshold
second.threshold = 5
gate.threshold = 0.4
vectors = [n.Vector() for _ in range(2)]
for watch, times in zip((first, gate), vectors):
    watch.record(times)


def run(v_init):
    n.finitialize(v_init)
    while n.t < 30:
        n.fadvance()
    return [list(times) for times in vectors]


found = {"default": default, "shared": shared, "changed": first.threshold}
found["from rest"] = run(-65)
found["above at once"] = run(20)
first.threshold = 100
found["never"] = run(-65)

report(found)
