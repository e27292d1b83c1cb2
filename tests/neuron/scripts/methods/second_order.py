"""The step that a PROCEDURE, cnexp and BREAKPOINT see beside METHOD sparse, with secondorder."""

from neuron import h
from paired import mechanisms, report

mechanisms("methods/halfstep.mod")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
soma.insert("halfstep")
at = soma(0.5).halfstep
found = {}
for order in (0, 1, 2):
    h.secondorder = order
    h.dt = 0.05
    h.finitialize(-65)
    trace = []
    for _ in range(40):
        h.fadvance()
        trace.append([at.passed, at.watched, at.rest, at.a, at.m, at.h])
    found[f"order {order}"] = trace
h.secondorder = 0
report(found)
