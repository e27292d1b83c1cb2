"""correl and convlv; sizes are filled up to a power of two."""

import math

from neuron import h
from paired import report

v = h.Vector([math.sin(0.5 * k) + 0.02 * k for k in range(27)])
w = h.Vector([math.cos(0.5 * k) for k in range(16)])
response = h.Vector([0.5, 0.2, 0.1, 0.05, 0.15])

report({
    "with itself": h.Vector().correl(v),
    "correlation": [h.Vector().correl(v, w), h.Vector().correl(w, v)],
    "convolution": h.Vector().convlv(v, response),
    "of one": h.Vector().convlv(v, h.Vector([2])),
    "forwards": h.Vector().convlv(v, response, 1),
    # The deconvolution of NEURON gives something else.
    "undone": h.Vector().convlv(h.Vector().convlv(w, response), response, -1),
}, rtol=1e-11, atol=1e-12, expect={"undone": w})
