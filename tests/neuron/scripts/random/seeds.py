"""Random(seed, size): streams of their own, the same each time."""

from neuron import h
from paired import raises, report


def picks(*args):
    r = h.Random(*args)
    return [r.repick() for _ in range(3)] + [r.uniform(0, 1), r.repick()]


report({
    "default": picks(),
    "again": picks() == picks(),
    "seeds": [picks(k) for k in (1, 17, 1.9, 4294967295)],
    "negative": picks(-1) == picks(4294967295),
    "sizes": [picks(3, 7), picks(3, 98), picks(3, 20.7)],
    "size beyond": [raises(h.Random, 1, 6), raises(h.Random, 1, 99)],
    "word": raises(h.Random, "a"),
}, rtol=1e-15)
