"""Elements at indices: index has 0 where there is none, ind leaves them out."""

from neuron import h
from paired import report

v = h.Vector([10, 20, 30, 40])
indices = h.Vector([3, 0, 0, 2.9, 4, -1, -0.5])

report({
    "ind": v.ind(indices),
    "index": h.Vector().index(v, indices),
    "index of itself": v.c().index(indices),
    "sorted": h.Vector().index(v, h.Vector([4, 2, 1, 3]).sortindex()),
    "unchanged": v,
})
