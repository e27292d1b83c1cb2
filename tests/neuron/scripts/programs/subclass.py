"""A Python class derived from one of NEURON's: its methods and NEURON's work together."""

from neuron import h
from paired import report


class Trace(h.Vector):
    def width(self, level):
        return len([x for x in self if x > level]) * h.dt


soma = h.Section(name="soma")
soma.L = soma.diam = 18
soma.insert("hh")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 0.5, 0.5, 1
v = Trace()
v.record(soma(0.5)._ref_v)
h.finitialize(-65)
while h.t < 8:
    h.fadvance()
made = Trace([1, 2, 3])

report({
    "width": v.width(0),
    "max": v.max(),
    "length": len(v),
    "is": [isinstance(v, Trace), isinstance(made, h.Vector)],
    "made": [made.sum(), made.width(1.5), list(made)],
})
