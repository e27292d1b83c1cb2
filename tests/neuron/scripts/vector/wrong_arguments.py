"""What methods refuse: sizes that do not go together, missing and wrong arguments."""

from neuron import h
from paired import raises, report

v, two = h.Vector([1, 2, 3]), h.Vector([1, 2])

report({
    "sizes": [raises(getattr(v, m), two) for m in ("add", "sub", "mul", "div", "meansqerr")],
    "division by zero": raises(v.div, 0),
    "missing": [raises(getattr(v, m)) for m in ("add", "get", "fill", "dot", "copy", "where", "hist")],
    "list for a Vector": [raises(getattr(v, m), [1, 2, 3]) for m in ("add", "dot", "copy", "eq")],
    "word for a number": [raises(getattr(v, m), "1") for m in ("get", "resize", "remove", "log")],
    "number for a Vector": [raises(getattr(v, m), 1) for m in ("dot", "eq", "copy", "interpolate")],
    "number for a Random": raises(v.setrand, 1),
    "too large": raises(h.Vector, 1e11),
    "unchanged": v,
})
