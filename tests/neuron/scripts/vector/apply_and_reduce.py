"""apply and reduce with Python's functions and the names of hoc's."""

import math

from neuron import h
from paired import raises, report

v = h.Vector([0.5, 1.5, 2.5, 3.5])


def halves(x):
    return x / 2


def fails(x):
    raise ValueError(x)


report({
    "callable": [v.c().apply(halves), v.c().apply(lambda x: x > 1), v.c().apply(math.ceil)],
    "range": v.c().apply(halves, 1, 2),
    "name": [v.c().apply(f) for f in ("exp", "log", "sin", "cos", "sqrt", "int", "abs", "log10")],
    "named range": v.c().apply("sqrt", 0, 1),
    "reduce": [v.reduce("sqrt"), v.reduce("sqrt", 10), v.reduce("abs", 1, 1, 2)],
    "no number": raises(v.c().apply, str),
    "fails": raises(v.c().apply, fails),
    "unknown": raises(v.c().apply, "nonsense_function"),
    "half a range": raises(v.c().apply, halves, 1),
    "unchanged": v,
}, rtol=1e-14)
