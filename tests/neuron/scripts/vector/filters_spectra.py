"""filter and spctrm."""

import math

from neuron import h
from paired import report

v = h.Vector([math.sin(0.8 * k) + 0.3 * math.cos(2.2 * k) for k in range(100)])
kept = h.Vector(12, 5)

report({
    "filter": h.Vector().filter(v, h.Vector([1, 0.5, 0.25, 0.1])),
    "spectrum": h.Vector().spctrm(v),
    "of sizes": [h.Vector().spctrm(v, k) for k in (1, 2, 5, 16, 32)],
    "in part of a Vector": kept.spctrm(v, 8),
}, rtol=1e-11, atol=1e-14)
