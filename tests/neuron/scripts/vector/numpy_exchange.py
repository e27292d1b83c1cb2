"""Vectors from and to numpy arrays; as_numpy shares the memory."""

import numpy as np

from neuron import h
from paired import report

array = np.linspace(-1, 2, 7)
v = h.Vector(array)
view = v.as_numpy()
view[2] = 50
copy = np.array(v)
v[3] = -7
from_python = h.Vector().from_python(array * 2)
target = [0.0] * 3
h.Vector([1, 2, 3]).to_python(target)

report({
    "v": v,
    "view": view,
    "copy": copy,
    "shared": [view[3], copy[3]],
    "dtype": [str(view.dtype), str(copy.dtype)],
    "shape": list(view.shape),
    "from_python": from_python,
    "to_python": [target, h.Vector([4, 5]).to_python()],
    "array unchanged": array,
    "mean": float(np.array(v).mean()),
})
