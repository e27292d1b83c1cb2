"""NetCon of a reference without sec=, where the section is the current one."""

from neuron import n
from paired import report

one, two = n.Section("one"), n.Section("two")
for sec in (one, two):
    sec.L = sec.diam = 15
    sec.insert("hh")
syn = n.ExpSyn(one(0.5))
first = n.NetCon(one(0.5)._ref_v, syn)
two.push()
second = n.NetCon(two(0.5)._ref_v, None)
n.pop_section()
clamp = n.IClamp(two(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 1, 1
times = n.Vector()
second.record(times)
n.finitialize(-65)
while n.t < 6:
    n.fadvance()

report({
    "preseg": [str(first.preseg()), str(second.preseg())],
    "times": times,
})
