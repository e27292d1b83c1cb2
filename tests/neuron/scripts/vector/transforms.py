"""fft forwards and back, of sizes that are powers of two and others."""

import math

from neuron import h
from paired import raises, report

v = h.Vector([math.cos(0.9 * k) + 0.1 * k for k in range(32)])
spectrum = h.Vector().fft(v, 1)

report({
    "spectrum": spectrum,
    "back": h.Vector().fft(spectrum, -1).div(len(v) / 2),
    "itself": v.c().fft(1),
    "padded": h.Vector().fft(v.c(0, 18), 1),
    "small": [h.Vector().fft(h.Vector(k, 1.5), 1) for k in (1, 2, 3, 4)],
    "small back": [h.Vector().fft(h.Vector(k, 1.5), -1) for k in (1, 2, 4)],
    "direction": raises(v.c().fft, 2),
}, rtol=1e-12, atol=1e-13)
