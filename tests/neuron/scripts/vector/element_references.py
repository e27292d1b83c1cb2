"""_ref_x: references to single elements."""

from neuron import h
from paired import raises, report

v = h.Vector([1, 2, 3])
first, last = v._ref_x[0], v._ref_x[2]
first[0] = 10
v[2] = 30
seen = [first[0], last[0]]
v.fill(5)
filled = [first[0], v._ref_x[1][0]]
# From here on `first` and `last` may point to memory that NEURON has given back.
part = h.Vector().from_double(2, v.append(6)._ref_x[2])

report({
    "vector": v,
    "seen": seen,
    "filled": filled,
    "beyond": raises(lambda: v._ref_x[9]),
    "from_double": part,
})
