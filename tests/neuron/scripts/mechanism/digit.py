"""A mechanism whose name, that of its file, begins with a digit."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/7t.mod")
soma = h.Section("soma")
soma.insert("7t")
here = getattr(soma(0.5), "7t")
h.finitialize(-65)
values = [here.x, h.depth_7t]
h.depth_7t = 4
h.finitialize(-65)
report({"values": values, "later": here.x, "names": [str(m) for m in soma(0.5)]})
