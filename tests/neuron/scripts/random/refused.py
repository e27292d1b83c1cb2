"""Distributions that there are not, and arguments that are none."""

from neuron import h
from paired import raises, report

r = h.Random(2)
before = r.uniform(0, 1)

report({
    "binomial": [raises(r.binomial, -1, 0.5), raises(r.binomial, 3, 1.5), raises(r.binomial, 3, -1)],
    "geometric": [raises(r.geometric, 1.5), raises(r.geometric, -0.5)],
    "missing": [raises(r.uniform), raises(r.uniform, 1), raises(r.normal, 1), raises(r.poisson)],
    "words": [raises(r.uniform, "a", 1), raises(r.discunif, 1, "b")],
    "unknown": [raises(lambda: r.ACG(1)), raises(lambda: r.MLCG(1)), raises(lambda: r.nothing)],
    "goes on": [before, r.repick()],
}, rtol=1e-15)
