"""as_numpy shares the elements; np.array copies them."""

import numpy as np

from neuron import h
from paired import report

v = h.Vector([4, 1, 3, 2])
view = v.as_numpy()
copy = np.array(v)
view[0] = 40
v[1] = 10
view[2:] *= 2
total = view.sum()
view.sort()

report({
    "vector": v,
    "view": view,
    "copy": copy,
    "total": total,
    "kinds": [type(view) is np.ndarray, str(view.dtype), view.flags.writeable, view.shape],
    "other makings": [np.asarray(v), np.fromiter(v, float), np.asarray(list(v))],
    "functions": [np.sqrt(v), np.add(v, 1), np.dot(v, v), np.interp([1.5], [1, 2], h.Vector([3, 4]))],
    "empty": len(h.Vector().as_numpy()),
})
