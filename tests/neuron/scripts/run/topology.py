"""h.topology prints the tree: a dash for each segment, children at their places."""

from neuron import h
from paired import captured, report

soma, dend, twig, axon, lone = [
    h.Section(name=name) for name in ("soma", "dend", "twig", "axon", "lone")
]
dend.nseg, axon.nseg, twig.nseg = 3, 5, 2
dend.connect(soma(1))
twig.connect(dend(0.5))
axon.connect(soma(0), 1)

report({"topology": captured(h.topology).splitlines()})
