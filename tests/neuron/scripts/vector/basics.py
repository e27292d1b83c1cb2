"""Making, indexing, slicing, appending, sorting and comparing Vectors."""

from neuron import h
from paired import raises, report

v = h.Vector([3, 1, 4, 1, 5, 9, 2, 6])
zeros, filled, empty = h.Vector(4), h.Vector(3, 2.5), h.Vector()
w = v.c()
w.append(5, h.Vector([3, 5]))
v[2] = 40
u = h.Vector(range(5))
u.x[1] = 10

report({
    "list": list(v),
    "size": [len(v), v.size(), len(zeros), empty.size()],
    "filled": [filled, zeros, empty],
    "appended": w,
    "index": [v[0], v[-1], v.x[2], v.get(3)],
    "slice": [v[1:4], v[::2], v[-3:]],
    "u": u,
    "sum": [v.sum(), v.sum(2, 4), v.mean(), v.max(), v.min(), v.max_ind(), v.min_ind()],
    "deviation": [v.stdev(), v.var(), v.stderr()],
    "contains": [v.contains(40), v.contains(41), v.contains(39.9999999999999)],
    "where": [v.indwhere(">", 4), v.c().where(">", 4), v.c().indvwhere("==", 1)],
    "sorted": [v.c().sort(), v.sortindex(), v.c().reverse()],
    "equal": [v.eq(v.c()), v.eq(w)],
    "copy is another": v.c() == v,
    "iteration": [x for x in v],
    "in": 9 in list(v),
    "past the end": raises(lambda: v[8]),
    "far before": raises(lambda: v[-9]),
    "resized": [list(v.c().resize(3)), list(h.Vector([1]).resize(2))],
    "removed": [v.c().remove(0), v.c().remove(1, 3), v.c().insrt(1, 99)],
})
