"""rotate by any number, with what leaves or with zeros."""

from neuron import h
from paired import report

report({
    f"by {by}": [h.Vector([1, 2, 3, 4, 5]).rotate(by), h.Vector([1, 2, 3, 4, 5]).rotate(by, 0)]
    for by in (0, 1, 4, 5, 7, -1, -4, -5, -7)
})
