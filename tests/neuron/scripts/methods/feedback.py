"""The steady state of a scheme in which a rate constant depends on a state, and the way on from it."""

from neuron import h
from paired import mechanisms, report

mechanisms("methods/feedback.mod")
soma = h.Section(name="soma")
soma.insert("feedback")
at = soma(0.5).feedback
found = {}
for v in (-65, -40, 0):
    h.finitialize(v)
    states = [[at.c, at.o, at.b]]
    for _ in range(20):
        h.fadvance()
        states.append([at.c, at.o, at.b])
    found[f"from {v}"] = states
report(found, rtol=1e-8)
