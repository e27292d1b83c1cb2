"""Declarations that only happen to work: a hidden variable, an undeclared one, two names."""

from neuron import h
from paired import mechanisms, report

mechanisms("wild/hidden.mod")
soma = h.Section(name="soma")
soma.insert("hidden")
instance = soma(0.5).hidden
h.finitialize(-60)
h.fadvance()
report({"rate": instance.rate, "y": instance.y, "z": instance.z})
