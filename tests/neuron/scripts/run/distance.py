"""h.distance: from an origin, between segments, in other trees."""

from neuron import h
from paired import report

soma, dend, twig, lone = [h.Section(name=name) for name in ("soma", "dend", "twig", "lone")]
soma.L, dend.L, twig.L = 20, 100, 33.3
soma.nseg, dend.nseg = 1, 5
dend.connect(soma(1))
twig.connect(dend(0.3))
places = [soma(0), soma(0.5), soma(1), dend(0.1), dend(0.5), dend(1), twig(0), twig(0.5), twig(1)]
between = [[h.distance(a, b) for b in places] for a in places]
h.distance(0, soma(0.5))
from_soma = [h.distance(place) for place in places]
h.distance(0, 1, sec=twig)
from_twig = [h.distance(x, sec=dend) for x in (0, 0.5, 1)]

report({
    "between": between,
    "from the soma": from_soma,
    "from the twig": from_twig,
    "another tree": h.distance(lone(0.5), soma(0.5)),
})
