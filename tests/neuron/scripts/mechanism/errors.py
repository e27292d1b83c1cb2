"""Uses of mechanisms that cannot be: all are exceptions, and the model goes on."""

from neuron import n
from paired import mechanisms, raises, report

mechanisms("plastic.mod")
sec = n.Section("soma")
sec.insert("pas")

report({
    "insert a point process": raises(lambda: sec.insert("Plastic")),
    "a density mechanism at a segment": raises(lambda: n.pas(sec(0.5))),
    "connection to a density mechanism": raises(lambda: n.NetCon(None, sec(0.5).pas)),
    "connection to nothing real": raises(lambda: n.NetCon(None, 3)),
    "from a number": raises(lambda: n.NetCon(5, n.Plastic(sec(0.5)))),
    "setpointer of a parameter": raises(n.setpointer, sec(0.5)._ref_v, "tau", n.Plastic(sec(0.5))),
    "finite": [n.finitialize(-65), sec(0.5).v],
})
