"""setrand and addrand: elements from a Random, all or a range."""

from neuron import h
from paired import raises, report

r = h.Random(8)
r.normal(0, 4)
v = h.Vector(6).setrand(r)
part = h.Vector(6).fill(1).setrand(r, 2, 4)
r.discunif(1, 6)
added = h.Vector(6).indgen().addrand(r)
added_part = h.Vector(6).addrand(r, 0, 1)

report({
    "set": v,
    "part": part,
    "added": added,
    "added to a part": added_part,
    "next": r.repick(),
    "beyond": [raises(v.setrand, r, 0, 6), raises(v.addrand, r, 3, 2)],
}, rtol=1e-15)
