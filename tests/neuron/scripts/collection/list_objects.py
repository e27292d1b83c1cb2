"""List: append, prepend, insert, remove, index, iteration; and the list of a class."""

from neuron import h
from paired import raises, report

objects = [h.Vector([k]) for k in range(5)]
some = h.List()
for k in (0, 1, 2):
    some.append(objects[k])
some.prepend(objects[3])
some.insrt(2, objects[4])


def order():
    return [int(each[0]) for each in some]


made = order()
some.remove(1)
removed = order()
sec = h.Section(name="soma")
clamps = [h.IClamp(sec(0.5)) for _ in range(3)]
by_class = h.List("IClamp")
count = by_class.count()
del clamps[1]
fewer = by_class.count()

report({
    "made": made,
    "removed": removed,
    "index": [some.index(objects[2]), some.index(h.Vector()), some.index(objects[0])],
    "item": [some[0][0], some.o(1)[0], some.object(2)[0]],
    "count": [some.count(), len(some), len(list(some))],
    "of a class": [count, fewer],
    "same object": some[0] == objects[3],
    "past the end": raises(lambda: some[9]),
    "emptied": [some.remove_all(), some.count()],
    "any": [h.List("NetCon").count(), h.List("IClamp").count()],
    "unknown class": raises(lambda: h.List("NoSuchClass")),
})
