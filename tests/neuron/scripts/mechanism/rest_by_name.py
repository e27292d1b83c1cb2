"""A FUNCTION that solves a steady state, called by name, knows the ion's concentrations."""

from neuron import h
from paired import mechanisms, report

mechanisms("reststate.mod")
sec = h.Section(name="soma")
sec.insert("reststate")
h.finitialize(-65)
mechanism = sec(0.5).reststate
found = {"at once": [mechanism.rest(), mechanism.bound, sec(0.5).cai]}
sec(0.5).cao = 3
h.fadvance()
found["after a step"] = [mechanism.rest(), mechanism.bound, sec(0.5).cai]
report(found)
