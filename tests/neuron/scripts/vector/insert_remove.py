"""append, insrt, remove and resize."""

from neuron import h
from paired import raises, report


def v():
    return h.Vector([1, 2, 3, 4])


report({
    "append": [v().append(5), v().append(5, h.Vector([6, 7]), 8), v().append(h.Vector())],
    "insrt": [v().insrt(0, 9), v().insrt(2, 8, h.Vector([7, 6])), v().insrt(4, 5)],
    "remove": [v().remove(0), v().remove(1, 2), v().remove(3), v().remove(0, 3)],
    "resize": [v().resize(2), v().resize(6), v().resize(0), v().resize(2.9)],
    "clear": v().clear(),
    "insrt beyond": [raises(v().insrt, 5, 1), raises(v().insrt, -1, 1)],
    "remove beyond": [raises(v().remove, 4), raises(v().remove, 2, 1), raises(v().remove, 2, 4)],
    "resize to less than nothing": raises(v().resize, -1),
})
