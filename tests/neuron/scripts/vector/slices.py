"""Slices read: any start, stop and step."""

from neuron import h
from paired import raises, report

v = h.Vector(range(8))
slices = [slice(*s) for s in (
    (None,), (3,), (2, 5), (-3, None), (None, -3), (1, 7, 2), (None, None, -1), (6, 1, -2),
    (5, 2), (3, 100), (-100, 3), (None, None, 3), (0, 0),
)]
part = v[2:5]
part[0] = 99

report({
    "slices": [list(v[s]) for s in slices],
    "a slice is a copy": [v[2], part[0]],
    "a slice is a Vector": part.sum(),
    "step 0": raises(lambda: v[::0]),
    "of x": raises(lambda: v.x[0:2]),
})
