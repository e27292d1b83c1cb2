"""Vectors can be pickled and copied by Python's modules."""

import copy
import pickle

from neuron import h
from paired import report

v = h.Vector([1, 2.5, 1e-300, -0.0, float("inf")])
pickled = pickle.loads(pickle.dumps(v))
copied, deep = copy.copy(v), copy.deepcopy([v, v])
pickled[0] = 7
deep[0][1] = 8

report({
    "pickled": list(pickled)[:4],
    "infinite": pickled[4] == float("inf"),
    "copied": list(copied)[:4],
    "deep": [list(deep[0])[:4], deep[0] == deep[1]],
    "empty": pickle.loads(pickle.dumps(h.Vector())),
    "unchanged": list(v)[:4],
}, rtol=0)
