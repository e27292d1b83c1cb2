"""Everything that a Vector can be made of."""

import numpy as np

from neuron import h
from paired import raises, report

report({
    "empty": h.Vector(),
    "size": [h.Vector(3), h.Vector(2.9), h.Vector(True), h.Vector(np.int64(2)), h.Vector(0)],
    "filled": [h.Vector(3, 1.5), h.Vector(2, -1)],
    "list": [h.Vector([1, 2.5, -3]), h.Vector([]), h.Vector([True, 2])],
    "tuple": h.Vector((4, 5)),
    "range": h.Vector(range(2, 9, 3)),
    "generator": h.Vector(x * x for x in range(5)),
    "map": h.Vector(map(float, ["1", "2e3"])),
    "iterator": h.Vector(iter([1, 2])),
    "array": [h.Vector(np.arange(4.0)), h.Vector(np.arange(4)), h.Vector(np.arange(9.0)[::-3])],
    "single precision": h.Vector(np.array([0.1, 0.2], dtype="float32")),
    "other elements": h.Vector([np.float64(1.5), np.int32(3)]),
    "negative size": raises(h.Vector, -1),
    "word": raises(h.Vector, "12"),
    "words": raises(h.Vector, ["1"]),
    "nothing inside": raises(h.Vector, [1, None]),
    "unknown keyword": raises(lambda: h.Vector(size=3)),
})
