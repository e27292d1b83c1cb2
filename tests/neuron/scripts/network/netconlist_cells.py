"""netconlist by cells: Python objects that own the sections of source and target.

NEURON 9.0.2 finds instances of hoc templates alone, and nothing here. NEURON's documentation
of CVode.netconlist promises the connections that match the cells; that is the expectation.
"""

from neuron import h
from paired import report


class Cell:
    def __init__(self, name):
        self.name = name
        self.soma = h.Section(name="soma", cell=self)
        self.syn = h.ExpSyn(self.soma(0.5))

    def __repr__(self):
        return self.name


a, b, c = [Cell(name) for name in "abc"]
connections = [
    h.NetCon(pre.soma(0.5)._ref_v, post.syn, sec=pre.soma)
    for pre, post in ((a, b), (a, c), (b, c), (c, a))
]
cvode = h.CVode()


def found(*arguments):
    return [connections.index(nc) for nc in cvode.netconlist(*arguments)]


report(
    {
        "from a": found(a, "", ""),
        "to c": found("", c, ""),
        "from b to c": found(b, c, ""),
        "to c by its synapse": found(a, "", c.syn),
        "from c to b": found(c, b, ""),
        "precell": connections[0].precell() is a,
        "postcell": connections[0].postcell() is b,
    },
    expect={
        "from a": [0, 1],
        "to c": [1, 2],
        "from b to c": [2],
        "to c by its synapse": [1],
    },
)
