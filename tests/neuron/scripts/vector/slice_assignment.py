"""Slices set: sizes have to be the same."""

import numpy as np

from neuron import h
from paired import raises, report


def assigned(index, values):
    v = h.Vector(range(6))
    v[index] = values
    return v


def refused(index, values):
    return raises(assigned, index, values)


report({
    "list": assigned(slice(1, 3), [10, 20]),
    "vector": assigned(slice(None, None, 2), h.Vector([7, 8, 9])),
    "array": assigned(slice(-2, None), np.array([0.5, 1.5])),
    "generator": assigned(slice(0, 4), (x * x for x in range(4))),
    "backwards": assigned(slice(None, None, -1), range(6)),
    "nothing": assigned(slice(2, 2), []),
    "too short": refused(slice(0, 3), [1, 2]),
    "too long": refused(slice(0, 3), [1, 2, 3, 4]),
    "a number": refused(slice(0, 3), 5),
})
