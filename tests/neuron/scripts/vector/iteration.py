"""Vectors as Python sequences."""

from neuron import h
from paired import report

v = h.Vector([3, 1, 2])
grown = h.Vector([1])
for x in grown:
    if len(grown) < 4:
        grown.append(x * 2)

report({
    "list": list(v),
    "twice": [[a * b for a in v] for b in v],
    "functions": [sum(v), max(v), min(v), sorted(v), len(v)],
    "unpacked": [*v],
    "reversed": list(reversed(v)),
    "enumerated": list(enumerate(v)),
    "zipped": list(zip(v, v.c().add(1))),
    "contained": [1 in v, 1.5 in v],
    "truth": [bool(v), bool(h.Vector()), bool(h.Vector([0]))],
    "grown while it is read": grown,
    "steps": [next(iter(v)), next(iter(v))],
})
