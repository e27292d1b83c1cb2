"""Changes of the model while steps are of variable length: the integrator begins anew."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-7)
states = h.Vector()
h.finitialize(-45)
cvode.solve(1)
soma.insert("hh")
h.finitialize(-45)
cvode.solve(1)
cvode.states(states)
found = {"hh": [len(states), soma(0.5).v]}
dend = h.Section(name="dend")
dend.connect(soma(1))
dend.nseg = 3
h.finitialize(-45)
cvode.solve(2)
cvode.states(states)
found["dend"] = [len(states), soma(0.5).v, dend(0.5).v]
soma.uninsert("hh")
synapse = h.ExpSyn(dend(0.5))
h.finitialize(-45)
cvode.solve(2)
cvode.states(states)
found["synapse"] = [len(states), soma(0.5).v]
report(found, rtol=1e-5)
