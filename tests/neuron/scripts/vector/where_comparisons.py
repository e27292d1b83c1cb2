"""where, indwhere and indvwhere with all comparisons; numbers closer than 1e-11 are equal."""

from neuron import h
from paired import raises, report

v = h.Vector([1, 3, 2, 5, 3 + 5e-12, 4, 2.5, 3 - 1e-9])
one = ("==", "!=", "<", "<=", ">", ">=")
two = ("()", "[]", "[)", "(]")

report({
    "where": [v.c().where(op, 3) for op in one] + [v.c().where(op, 2, 4) for op in two],
    "indvwhere": [h.Vector().indvwhere(v, op, 3) for op in one]
    + [h.Vector().indvwhere(v, op, 2, 4) for op in two],
    "indwhere": [v.indwhere(op, 3) for op in one] + [v.indwhere(op, 2, 4) for op in two],
    "from another": h.Vector([9, 9]).where(v, ">", 3),
    "none": [v.indwhere(">", 9), list(v.c().where(">", 9))],
    "contains": [v.contains(5), v.contains(5 + 5e-12), v.contains(5.1)],
    "eq": [v.eq(v.c().add(5e-12)), v.eq(v.c().add(1e-9))],
    "unknown": [raises(v.c().where, "=", 1), raises(v.indwhere, "=<", 1)],
    "one value is missing": raises(v.c().where, "[]", 1),
    "unchanged": v,
}, rtol=0)
