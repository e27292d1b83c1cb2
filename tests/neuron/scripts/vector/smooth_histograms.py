"""sumgauss and smhist, with and without weights."""

from neuron import h
from paired import raises, report

v = h.Vector([((37 * k) % 23) * 0.5 - 3 for k in range(40)])
weights = h.Vector([1 + k % 3 for k in range(40)])

report({
    "sumgauss": v.sumgauss(-4, 9, 0.5, 0.3),
    "weighted sumgauss": v.sumgauss(-4, 9, 0.5, 0.3, weights),
    "smhist": h.Vector().smhist(v, -4, 26, 0.5, 0.3),
    "weighted smhist": h.Vector().smhist(v, -4, 26, 0.5, 0.3, weights),
    "narrow": h.Vector().smhist(v, -4, 13, 1, 0.01),
    "wrong weights": raises(h.Vector().smhist, v, -4, 26, 0.5, 0.3, h.Vector(3)),
}, rtol=1e-13, atol=1e-15)
