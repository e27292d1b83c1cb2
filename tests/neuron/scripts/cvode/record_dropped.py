"""A recording ends when the Vector of its times is gone."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
v, t = h.Vector(), h.Vector()
cvode.record(soma(0.5)._ref_v, v, t)
h.finitialize(-50)
h.continuerun(1)
size = len(v)
del v
h.finitialize(-50)
h.continuerun(0.5)
report({"size": size})
