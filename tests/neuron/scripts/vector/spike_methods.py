"""spikebin, trigavg and psth."""

import math

from neuron import h
from paired import raises, report

trace = h.Vector([math.sin(0.35 * k) * (1 + 0.02 * k) for k in range(80)])
times = h.Vector([0, 4, 20, 41.7, 60, 79, -3])
counts = h.Vector([0, 1, 0, 3, 2, 0, 0, 5, 1, 0, 2, 4])
average = h.Vector()

report({
    "spikebin": [h.Vector().spikebin(trace, 1), h.Vector().spikebin(trace, 0.5, 7)],
    "no spike": h.Vector().spikebin(trace, 99, 10),
    "triggers": average.trigavg(trace, times, 3, 5),
    "trigavg": average,
    "psth": [h.Vector().psth(counts, 0.5, 10, size) for size in (0, 1, 4, 6)],
    "window beyond": raises(average.trigavg, trace, times, 80, 5),
    "size beyond": raises(h.Vector().psth, counts, 0.5, 10, 7),
}, rtol=1e-14)
