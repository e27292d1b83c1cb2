"""Operators make new Vectors, with numbers on either side."""

import numpy as np

from neuron import h
from paired import raises, report

v, w = h.Vector([1, 2, -4]), h.Vector([0.5, -2, 8])
array = np.array([1.0, 2, 3])

report({
    "vectors": [v + w, v - w, v * w, v / w],
    "numbers": [v + 1, v - 1, v * 3, v / 3],
    "numbers first": [1 + v, 1 - v, 3 * v, 3 / v],
    "numpy's numbers": [v + np.float64(0.5), v * np.int64(2)],
    "unary": [-v, +v, abs(v)],
    "longer": (v + w * 2 - 1) / 3,
    "arrays": [v + array, array + v, array * v, v - array],
    "operands": [v, w],
    "a copy": (+v) == v,
    "sizes": raises(lambda: v + h.Vector([1])),
    "list": raises(lambda: v + [1, 2, 3]),
    "word": raises(lambda: v * "2"),
    "division by zero": [raises(lambda: v / 0), raises(lambda: 1 / h.Vector([0, 1]))],
    "not there": [raises(lambda: v // 2), raises(lambda: v ** 2), raises(lambda: v % 2)],
})
