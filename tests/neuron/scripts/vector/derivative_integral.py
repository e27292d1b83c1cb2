"""deriv by both methods, and integral; of the Vector or of another one."""

from neuron import h
from paired import raises, report

v = h.Vector([k * k * 0.1 - k for k in range(12)])

report({
    "deriv": [v.c().deriv(), v.c().deriv(0.1), v.c().deriv(0.1, 2), v.c().deriv(0.1, 1)],
    "deriv of another": [h.Vector().deriv(v), h.Vector(3).deriv(v, 0.5, 1)],
    "of two": h.Vector([1, 4]).deriv(2),
    "integral": [v.c().integral(), v.c().integral(0.1), h.Vector().integral(v, 0.5)],
    "back again": v.c().integral(0.25).deriv(0.25, 1),
    "of one": raises(h.Vector([1]).deriv),
    "method 3": raises(v.c().deriv, 1, 3),
    "unchanged": v,
}, rtol=1e-14)
