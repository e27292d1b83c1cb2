"""Augmented assignments bind a new Vector."""

from neuron import h
from paired import report

v = h.Vector([1, 2, 3])
kept = v
v += 1
v *= 2
v -= h.Vector([1, 1, 1])
v /= 3

report({"new": v, "old": kept, "same": v == kept})
