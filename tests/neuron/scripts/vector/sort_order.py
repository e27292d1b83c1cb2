"""sort and sortindex; equal elements stay in order."""

from neuron import h
from paired import report

v = h.Vector([(37 * k * k) % 101 for k in range(60)])
equal = h.Vector([2, 1, 2, 1, 3, 1, 2])
into = h.Vector(2)

report({
    "sorted": v.c().sort(),
    "indices": v.sortindex(),
    "by indices": h.Vector().index(v, v.sortindex()),
    "equal": [equal.c().sort(), equal.sortindex()],
    "into": [equal.sortindex(into), into],
    "reversed": v.c().sort().reverse(),
    "median": [v.median(), equal.median()],
})
