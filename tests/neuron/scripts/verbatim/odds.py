"""Functions of the system, variables of NEURON's, and pointers that are 0."""

import os

from neuron import h
from paired import mechanisms, report

mechanisms("verbatim/odds.mod")
soma = h.Section(name="soma")
point = h.odds(soma(0.5))
stimulus = h.NetStim()
stimulus.start, stimulus.number = 1, 3
connection = h.NetCon(stimulus, point)
h.finitialize(-65)
while h.t < 40:
    h.fadvance()
report({
    "total": point.total,
    "visible": [point.visible(x) for x in (0, 1e-12, 2e-11, 1)],
    "there": [point.there(os.path.abspath(__file__)), point.there("/no/such/file")],
    "first": [point.first(0), point.first(1, h.Vector([4, 5]))],
    "process": point.process(),
})
