"""Vector.inf: a neuron that integrates and fires."""

from neuron import h
from paired import raises, report

stimulus = h.Vector([18 + k % 7 for k in range(120)])

report({
    "spikes": h.Vector().inf(stimulus, 0.1, 0.5, -65, 1, -55, -70),
    "refractory": h.Vector().inf(stimulus, 0.1, 0.5, -65, 1, -55, -70, 2.5),
    "quiet": h.Vector().inf(h.Vector(20), 0.1, 0.5, -65, 1, -55, -70),
    "no step": raises(h.Vector().inf, stimulus, 0, 0.5, -65, 1, -55, -70),
}, rtol=1e-13)
