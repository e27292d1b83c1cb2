"""Sections, segments, point processes and Vectors as keys and in comparisons."""

from neuron import n
from paired import report

a, b = n.Section("a"), n.Section("b")
a.nseg = 3
syn, other = n.ExpSyn(a(0.5)), n.ExpSyn(a(0.5))
v = n.Vector([1])

report({
    "sections": [a == a, a == b, a != b, a(0.5).sec == a],
    "segments": [a(0.5) == a(0.5), a(0.4) == a(0.5), a(0.1) == a(0.9), a(0.5) == b(0.5)],
    "points": [syn == syn, syn == other, syn.get_segment() == a(0.5)],
    "keys": [{a: 1, b: 2}[a], {syn: 1, other: 2}[other], len({a(0.5), a(0.5), a(0.1)})],
    "found": [a in [b, a], syn in [other], a(0.5) in [a(0.5)]],
    "none": [a == None, syn == None, v == None],  # noqa: E711
    "truth": [bool(a), bool(syn), bool(v)],
    "sorted": [sec.name() for sec in sorted([b, a], key=str)],
})
