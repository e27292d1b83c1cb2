"""The stack of current sections: push, pop_section, cas, and functions that use it."""

from neuron import h
from paired import report

a, b, c = [h.Section(name=name) for name in "abc"]
first = h.cas().name()
a.L, b.L, c.L = 10, 20, 30
b.push()
second = h.cas().name()
c.push()
third = [h.cas().name(), h.secname()]
h.pop_section()
back = h.cas().name()
h.pop_section()
last = h.cas().name()

report({
    "first": first,
    "second": second,
    "third": third,
    "back": back,
    "last": last,
    "secname": [h.secname(sec=sec) for sec in (a, b, c)],
    "area": h.area(0.5, sec=c),
    "L": h.L,
    "in allsec": [h.cas().name() for _ in h.allsec()],
})
