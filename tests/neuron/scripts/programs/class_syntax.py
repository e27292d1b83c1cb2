"""hclass and instances of NEURON's classes in isinstance and type."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
v = h.Vector()

report({
    "vector": [isinstance(v, h.Vector), isinstance(sec, h.Vector)],
    "callable": [callable(h.Vector), callable(h.finitialize), callable(h.ExpSyn)],
    "section": type(sec).__name__,
    "segment": type(sec(0.5)).__name__,
})
