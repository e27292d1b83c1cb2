"""goto, unions, lists without braces, addresses of arrays and names of objects in VERBATIM."""

from neuron import h
from paired import mechanisms, report

mechanisms("verbatim/jumps.mod")
h.install_jumps()
rows = h.Vector([1, 2, 3, 4, 5, 6, 7, 8, 9])
found = [rows.above(bound) for bound in (0, 10, 20, 100)]
found += [rows.above(), h.Vector([1, 2, -3]).above(1), h.Vector().above(1), rows.above(7)]
things = [h.Vector(), h.List(), h.Random(), h.File()]

report({
    "found": found,
    "bits": [h.bits_of(x, which) for x in (1, -0.1, 3e300) for which in (0, 1, 2, 8, 9)],
    "table": [h.table_of(i, j) for i in range(3) for j in range(2)],
    "names": [h.is_of(thing, name) for thing in things for name in ("Vec", "List[", "Random", "F")],
})
