"""Vector.indgen: all forms, sizes of ranges with rounding."""

from neuron import h
from paired import raises, report


def v(*args):
    return h.Vector(4).indgen(*args)


report({
    "none": v(),
    "step": [v(2), v(-0.1)],
    "start and step": [v(5, 1), v(1, -0.25)],
    "range": [v(0, 1, 0.1), v(0, 1, 0.3), v(3, 3.5, 0.5), v(10, 0, -2.5)],
    "sizes": [len(v(0, k, 0.1)) for k in (1, 2, 7, 50)],
    "nothing in it": v(0, 1, -1),
    "step too large": raises(v, 0, 1, 2),
    "step 0": raises(v, 0, 1, 0),
    "away": raises(v, 0, 10, -1),
})
