"""A fixed step among variable ones, from the states that there are."""

from models import clamped_soma, named
from neuron import h
from paired import report

soma, stimulus = clamped_soma()
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-6)
h.finitialize(-65)
cvode.solve(1.25)
y = h.Vector()
cvode.states(y)
before = y.c()
h.dt = 0.01
cvode.fixed_step()
found = {"t": h.t}
cvode.states(y)
found["states stay"] = y.eq(before)
cvode.ygather(y)
found["model"] = named(y)
cvode.re_init()
cvode.states(y)
found["after re_init"] = named(y)
found["goes on"] = h.t
cvode.solve(3)
found["end"] = [h.t, soma(0.5).v]
report(found, rtol=1e-4)
