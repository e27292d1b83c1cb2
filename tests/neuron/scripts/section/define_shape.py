"""define_shape gives points to sections that have none, and keeps those that there are."""

from neuron import h
from paired import report

soma, dend, tip = [h.Section(name=name) for name in ("soma", "dend", "tip")]
soma.L = soma.diam = 12
dend.L, dend.diam, dend.nseg = 80, 2, 3
tip.pt3dadd(0, 100, 0, 1)
tip.pt3dadd(0, 150, 0, 1)
dend.connect(soma(1))
tip.connect(dend(1))
none = [sec.n3d() for sec in (soma, dend, tip)]
h.define_shape()

report({
    "before": none,
    "n3d": [sec.n3d() for sec in (soma, dend, tip)],
    "arcs": [[sec.arc3d(i) for i in range(sec.n3d())] for sec in (soma, dend, tip)],
    "diam3d": [[sec.diam3d(i) for i in range(sec.n3d())] for sec in (soma, dend, tip)],
    "L": [sec.L for sec in (soma, dend, tip)],
}, atol=1e-4)  # NEURON keeps points in single precision
