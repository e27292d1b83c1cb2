"""MCellRan4: high and low indices, and the low index that all share."""

from neuron import h
from paired import raises, report

r, other = h.Random(), h.Random()


def picks(*args):
    high = r.MCellRan4(*args)
    return [high, r.uniform(0, 1)] + [r.repick() for _ in range(4)] + [r.seq()]


found = {"given": [picks(1), picks(77), picks(1, 9), picks(4294967295, 4294967295)]}
found["init"] = [h.mcell_ran4_init(), h.mcell_ran4_init(5), h.mcell_ran4_init()]
found["shared low index"] = [picks(1), picks(1, 9)]
found["distribution is kept"] = [other.poisson(9), other.MCellRan4(3), other.repick(), other.repick()]
r.MCellRan4(10)
r.seq(1000)
found["moved"] = [r.seq(), r.uniform(0, 1), r.seq()]
found["refused"] = [raises(r.MCellRan4, -1), raises(h.mcell_ran4_init, -1)]

report(found, rtol=1e-15)
