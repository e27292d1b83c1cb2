"""Vector.copy with all its arguments."""

from neuron import h
from paired import raises, report

source = h.Vector([10, 20, 30, 40, 50])


def copied(*args):
    return h.Vector([1, 2, 3, 4, 5, 6, 7]).copy(source, *args)


report({
    "all": [copied(), h.Vector().copy(source), h.Vector([1, 2]).copy(h.Vector())],
    "to": [copied(1), copied(5), copied(9)],
    "range": [copied(1, 3), copied(2, -1), copied(4, 4)],
    "range to": [copied(3, 1, 2), copied(6, 0, 4)],
    "increments": [copied(0, 0, 4, 2, 1), copied(1, 0, 4, 1, 2), copied(0, 0, 4, 3, 3)],
    "elements": [copied(h.Vector([0, 3])), copied(h.Vector([0, 3, 99, -1]))],
    "elements to": copied(h.Vector([0, 3, 4]), h.Vector([6, 0, 99])),
    "backwards": raises(copied, 3, 1),
    "beyond": [raises(copied, 0, 9), raises(copied, -1)],
    "source unchanged": source,
})
