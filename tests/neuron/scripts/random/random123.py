"""Random123: ids select streams, seq moves in them."""

from neuron import h
from paired import raises, report

r = h.Random()


def picks(*ids):
    r.Random123(*ids)
    return [r.uniform(0, 1)] + [r.repick() for _ in range(5)]


first = picks(1, 2, 3)
found = {"streams": [first, picks(), picks(1), picks(1, 2), picks(4294967295, 0, 7)]}
found["again"] = picks(1, 2, 3) == first
found["seq"] = r.seq()
positions = []
for position in (0, 1, 3, 6, 1e6, 17179869183):
    r.seq(position)
    positions.append([r.seq(), r.repick(), r.repick(), r.seq()])
found["positions"] = positions
found["refused"] = [raises(r.Random123, -1), raises(r.Random123, 2**32), raises(r.seq, -1)]

report(found, rtol=1e-15)
