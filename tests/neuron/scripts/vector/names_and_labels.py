"""Names, labels, identity and unknown attributes of Vectors."""

from neuron import h
from paired import raises, report

before = h.Vector()
v = h.Vector([1])
v.label("a label")
number = int(before.hname()[7:-1])

report({
    "name": [v.hname() == f"Vector[{number + 1}]", v.hname() == str(v)],
    "label": [v.label(), before.label(), v.label("other"), v.cl().label(), v.c().label()],
    "identity": [v == v, v == before, v != before, v.same(v), v.same(before)],
    "hash": len({v, before, v}),
    "unknown attribute": [raises(lambda: v.nothing), raises(setattr, v, "nothing", 1)],
    "class": [isinstance(v, h.Vector), isinstance(v, h.Random), type(v).__name__],
})
