"""C in VERBATIM that draws random numbers: its own Random123 streams and a script's Random."""

from neuron import h
from paired import mechanisms, report

mechanisms("verbatim/picks.mod")
soma = h.Section(name="soma")
points = [h.Picks(soma(0.5)) for _ in range(2)]
points[0].setStream(1, 2)
points[1].setStream(4, 5, 6)
randoms = [h.Random(), h.Random(), h.Random()]
randoms[0].Random123(7, 8, 9)
randoms[0].negexp(3)
randoms[1].MCellRan4(11)
randoms[1].uniform(-1, 1)
randoms[2].Random123(1, 1, 1)
randoms[2].normal(5, 4)

report({
    "uniform": [points[0].own(0) for _ in range(6)],
    "exponential": [points[0].own(1) for _ in range(3)],
    "normal": [points[0].own(2) for _ in range(3)],
    "words": [points[1].own(3) for _ in range(5)],
    "none": points[0].picked(),
    "script's": [
        (points[1].setRandom(random), [points[1].picked() for _ in range(4)], random.seq())
        for random in randoms
    ],
    "position": (points[1].look(), points[1].ownseq, points[1].ownwhich, list(points[1].id)),
    "of Random": points[1].second,
    "again": (points[1].setStream(4, 5, 6), points[1].own(3)),
    "taken away": (points[1].setRandom(), points[1].picked()),
})
