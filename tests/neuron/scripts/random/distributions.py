"""A thousand numbers of each distribution."""

from neuron import h
from paired import report

CALLS = {
    "uniform": [(0, 1), (5, -3)], "discunif": [(0, 9), (7, -7), (2.9, 3.9)],
    "normal": [(0, 1), (-5, 9), (2, 0)], "lognormal": [(1, 1), (5, 2)], "negexp": [(1,), (-3,)],
    "poisson": [(0.5,), (12,), (0,)], "binomial": [(10, 0.5), (3, 1), (0, 0.5)],
    "geometric": [(0.5,), (0,)], "hypergeo": [(1, 2), (3, 50)], "erlang": [(1, 1), (5, 1), (1, 9)],
    "weibull": [(1, 1), (2, 5)],
}
r = h.Random()
r.Random123(3, 1, 4)
found = {}
for name, calls in CALLS.items():
    found[name] = []
    for args in calls:
        first = getattr(r, name)(*args)
        v = h.Vector(999).setrand(r)
        found[name].append([first, v.c(0, 4), v.sum(), v.var(), v.min(), v.max()])

report(found, rtol=1e-12, atol=1e-12)
