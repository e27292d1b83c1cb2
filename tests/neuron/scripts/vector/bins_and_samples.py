"""rebin and resample."""

from neuron import h
from paired import raises, report

v = h.Vector([k * 1.5 - 2 for k in range(11)])

report({
    "rebin": [v.c().rebin(k) for k in (1, 2, 3, 11, 12)],
    "rebin another": h.Vector([1]).rebin(v, 4),
    "resample": [h.Vector().resample(v, r) for r in (0, 0.3, 0.5, 1, 1.7, 3, 5)],
    "resample itself": v.c().resample(v, 2),
    "too much": raises(h.Vector().resample, v, 6),
    "unchanged": v,
}, rtol=1e-14)
