"""Disconnecting, and connecting again somewhere else."""

from neuron import n
from paired import report

a, b, c, d = [n.Section(name) for name in "abcd"]
b.connect(a(1))
c.connect(b(0.5))
d.connect(b(1))
before = [sec.name() for sec in a.wholetree()]
b.disconnect()
apart = {name: [sec.name() for sec in root.wholetree()] for name, root in zip("ab", (a, b))}
parents = [sec.parentseg() is None for sec in (a, b, c, d)]
b.connect(a(0))
again = [sec.name() for sec in a.wholetree()]
d.connect(a(1))
moved = [sec.name() for sec in a.wholetree()]
n.disconnect(sec=c)

report({
    "before": before,
    "apart": apart,
    "roots": parents,
    "again": again,
    "moved": moved,
    "d's parent": [d.parentseg().sec.name(), d.parentseg().x],
    "b's children": [sec.name() for sec in b.children()],
    "c is a root": c.parentseg() is None,
})
