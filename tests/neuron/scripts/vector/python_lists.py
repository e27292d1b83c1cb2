"""from_python and to_python: lists, tuples, arrays and generators."""

import numpy as np

from neuron import h
from paired import raises, report

v = h.Vector([1, 2, 3])
into_list, into_array, strided = [0, 0, 0], np.zeros(3), np.zeros(6)
same = v.to_python(into_list) is into_list
v.to_python(into_array)
v.to_python(strided[::2])

report({
    "to": [v.to_python(), into_list, into_array, strided, same],
    "from": [h.Vector(5).from_python(x) for x in ([1, 2], (3, 4), np.arange(3), range(2))],
    "itself": v.from_python([7, 8]) == v,
    "other size": raises(v.to_python, [0]),
    "words": raises(h.Vector().from_python, ["a"]),
})
