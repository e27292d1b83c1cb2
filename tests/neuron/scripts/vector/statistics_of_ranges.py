"""Sums, moments and extremes of ranges of elements; the range includes its end."""

from neuron import h
from paired import raises, report

v = h.Vector([2, -1, 7.5, 3, 3, 0.25, -6, 4])
ranges = [(0, 7), (2, 5), (3, 4), (6, 7)]
right = [sum(list(v)[a:b + 1]) / (b + 1 - a) for a, b in ranges]

report({
    "all": [v.sum(), v.sumsq(), v.mean(), v.var(), v.stdev(), v.stderr(), v.median(), v.mag()],
    "sum": [v.sum(*r) for r in ranges],
    "sumsq": [v.sumsq(*r) for r in ranges],
    "mean": [v.mean(*r) for r in ranges],
    "var": [v.var(*r) for r in ranges],
    "stdev": [v.stdev(*r) for r in ranges],
    "stderr": [v.stderr(*r) for r in ranges],
    "extremes": [[v.min(*r), v.max(*r), v.min_ind(*r), v.max_ind(*r)] for r in ranges],
    "backwards": raises(v.sum, 3, 2),
    "beyond": [raises(v.sum, 0, 8), raises(v.max, -1, 2)],
    "half a range": raises(v.sum, 1),
    "one is too few": raises(v.var, 2, 2),
    # NEURON gives sum / end - start + 1.
}, rtol=1e-14, expect={"mean": right})
