"""While numpy shares the elements of a Vector, its size cannot change."""

import numpy as np

from neuron import h
from paired import raises, report

v = h.Vector([3, 1, 2])
view = v.as_numpy()
part = view[1:]
methods = {"append": (4,), "resize": (100000,), "remove": (0,), "insrt": (0, 9), "clear": ()}
refused = {name: raises(getattr(v, name), *args) for name, args in methods.items()}
v.resize(3)
v.from_python([30, 10, 20])
v.mul(2)
inside = list(np.array(v))
del view
held = raises(v.resize, 5)
del part
v.resize(5)

# NEURON changes the size, and the array reads and writes memory that is not its own.
report({
    "refused": refused,
    "same size is fine": inside,
    "held by a part": held,
    "afterwards": len(v),
}, expect={"refused": dict.fromkeys(methods, True), "held by a part": True})
