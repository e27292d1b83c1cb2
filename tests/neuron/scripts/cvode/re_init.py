"""After states were changed by hand the integrator begins with them."""

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
h.finitialize(-65)
cvode.solve(2)
soma(0.5).v = -45
cvode.states(states)
found = {"before": list(states)}
cvode.re_init()
cvode.states(states)
found["after"] = [list(states), h.t]
cvode.solve(3)
found["one ms later"] = soma(0.5).v
report(found, rtol=1e-6)
