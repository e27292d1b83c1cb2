"""lambda_f and the d_lambda rule on a tree of different diameters."""

from neuron import h
from paired import report

h.load_file("stdlib.hoc")
soma, dend, taper = [h.Section(name=name) for name in ("soma", "dend", "taper")]
soma.L = soma.diam = 25
dend.L, dend.diam, dend.Ra = 550, 0.8, 180
for x, diam in ((0, 4), (200, 2), (410, 0.7)):
    taper.pt3dadd(x, 0, 0, diam)
taper.cm = 1.6
dend.connect(soma(1))
taper.connect(soma(0))
lengths = [[h.lambda_f(freq, sec=sec) for freq in (50, 100, 1000)] for sec in h.allsec()]
for sec in h.allsec():
    sec.nseg = int((sec.L / (0.1 * h.lambda_f(100, sec=sec)) + 0.9) / 2) * 2 + 1

report({
    "lengths": lengths,
    "nseg": [sec.nseg for sec in h.allsec()],
    "after": [h.lambda_f(100, sec=sec) for sec in h.allsec()],
})
