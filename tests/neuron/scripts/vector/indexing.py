"""Single elements: from both ends, of both spellings, read and set."""

import numpy as np

from neuron import h
from paired import raises, report

v = h.Vector([10, 20, 30, 40])
v[1] = 21
v[-1] = 41
v.x[2] = 31
v.set(0, 11)
v[np.int64(1)] += 0.5

report({
    "elements": v,
    "from the end": [v[-1], v[-4]],
    "by numpy's numbers": v[np.int64(2)],
    "get": [v.get(0), v.get(1.9)],
    "x": [v.x[0], v.x[3], len(v.x)],
    "beyond": [raises(lambda: v[4]), raises(lambda: v[-5]), raises(lambda: v.x[4])],
    "x from the end": raises(lambda: v.x[-1]),
    "get beyond": [raises(v.get, 4), raises(v.get, -1), raises(v.get, 3.5)],
    "set beyond": [raises(v.set, 4, 1), raises(v.__setitem__, 4, 1)],
    "set to a word": raises(v.__setitem__, 0, "x"),
    "after all": v,
})
