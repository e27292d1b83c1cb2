"""buffer_size: memory is reserved, the size stays."""

from neuron import h
from paired import raises, report

v = h.Vector([1, 2, 3])
first = v.buffer_size()
reserved = v.buffer_size(100)

report({
    "first": first,
    "reserved": reserved,
    "size": v.size(),
    "stays": [v.append(4).buffer_size(), v.resize(50).buffer_size(), v.resize(2).buffer_size()],
    "smaller than the size": raises(v.buffer_size, 1),
    "elements": v,
})
