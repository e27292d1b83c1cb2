"""What methods do with Vectors without elements."""

from neuron import h
from paired import raises, report

v = h.Vector()

report({
    "numbers": [v.size(), v.sum(), v.sumsq(), v.min(), v.max(), v.mag(), v.dot(v)],
    # Of an empty Vector NEURON's index is -1.0, of others an int.
    "indices": [float(v.min_ind()), float(v.max_ind()), v.indwhere(">", 0)],
    "vectors": [v.c(), v.c().sort(), v.sortindex(), v.c().reverse(), v.c().abs(), v.c().where(">", 0)],
    "arithmetic": [v + 1, v * v, -v],
    "eq": [v.eq(h.Vector()), v.eq(h.Vector(1))],
    "refused": [raises(getattr(v, m)) for m in ("mean", "var", "stdev", "stderr", "median", "deriv")],
    "integral": raises(v.c().integral),
    "no element": raises(lambda: v[0]),
})
