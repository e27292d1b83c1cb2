"""Sections cannot be in a loop; when it is broken up again, all is well."""

from neuron import h
from paired import raises, report

a, b = h.Section(name="a"), h.Section(name="b")
b.connect(a(1))


def close():
    a.connect(b(1))
    h.finitialize(-65)


looped = raises(close)
a.disconnect()
h.finitialize(-65)

report({
    "loop": looped,
    "then": [sec.name() for sec in a.wholetree()],
    "v": [a(0.5).v, b(0.5).v],
})
