"""FROM whose end and BY are variables and change on the way, and quotients of comparisons."""

from neuron import h
from paired import mechanisms, report

mechanisms("wild/turns.mod")
soma = h.Section(name="soma")
soma.insert("turns")
at = soma(0.5).turns
found = {}
for first, last, by in ((1, 9, 2), (0, 9.7, 3.9), (5, 4, 1)):
    at.first, at.last, at.by = first, last, by
    h.finitialize(-65)
    found[f"{first} to {last} by {by}"] = [at.steps, at.inner, at.moved, at.shrunk]
found["quotients"] = list(at.quotient)
report(found)
