"""interpolate: between places, beyond the ends, at doubled places."""

from neuron import h
from paired import raises, report

x, y = h.Vector([0, 1, 2, 2, 4]), h.Vector([0, 10, 20, 40, 80])
at = h.Vector([-1, 0, 0.25, 1, 1.5, 2, 2.5, 4, 9])

report({
    "three": h.Vector().interpolate(at, x, y),
    "two": y.c().interpolate(at, x),
    "one place": h.Vector().interpolate(at, h.Vector([1]), h.Vector([7])),
    "nowhere": h.Vector([1, 2]).interpolate(h.Vector(), x, y),
    "nothing to go by": raises(h.Vector().interpolate, at, h.Vector(), h.Vector()),
    "unchanged": [at, x, y],
}, rtol=1e-14)
