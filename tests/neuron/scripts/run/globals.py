"""Globals of h and n: one set, defaults, new names refused, types."""

from neuron import h, n
from paired import raises, report

h.load_file("stdrun.hoc")
defaults = [h.t, h.dt, h.celsius, h.secondorder, h.clamp_resist, h.PI, h.FARADAY, h.R, h.E]
n.celsius = 30
h.dt = 0.05
t = n._ref_t
h.finitialize(-65)
h.t = 3

report({
    "defaults": defaults,
    "shared": [h.celsius, n.dt, n.tstop == h.tstop],
    "t": [t[0], n.t],
    "DEG": h.DEG,
    "types": [type(getattr(h, name)).__name__ for name in ("t", "dt", "celsius", "tstop")],
    "unknown": raises(lambda: h.nonsense),
    "set unknown": raises(setattr, h, "nonsense", 3),
    "a word": raises(setattr, h, "dt", "short"),
    "functions": [h.sin(0.5), h.exp(1), h.log10(1000), h.abs(-2), h.int(3.7), h.erf(0.3)],
})
