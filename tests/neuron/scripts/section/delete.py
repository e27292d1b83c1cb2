"""Sections go with their last reference or by delete_section; who used them sees an error."""

from neuron import h
from paired import raises, report

a, b, c = [h.Section(name=name) for name in "abc"]
b.connect(a(1))
c.connect(b(1))
names = [sec.name() for sec in h.allsec()]
segment = c(0.5)
del c
del segment
without = [sec.name() for sec in h.allsec()]
gone = h.Section(name="gone")
segment = gone(0.5)
h.delete_section(sec=gone)
after = [sec.name() for sec in h.allsec()]

report({
    "names": names,
    "without c": without,
    "after delete_section": after,
    "L": raises(lambda: gone.L),
    "call": raises(lambda: gone(0.5)),
    "insert": raises(lambda: gone.insert("pas")),
    "name": raises(lambda: gone.name()),
    "children of b": [sec.name() for sec in b.children()],
    "point process": raises(lambda: h.IClamp(segment)),
})
