"""fixed_step from a state that yscatter set, and f at what it leads to."""

from models import clamped_soma, named
from neuron import h
from paired import report

soma, stimulus = clamped_soma()
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
y, dydt = h.Vector(), h.Vector()
cvode.ygather(y)
y.x[0] = -50
cvode.yscatter(y)
h.dt = 0.025
for _ in range(4):
    cvode.fixed_step()
cvode.ygather(y)
cvode.f(h.t, y, dydt)
report({"t": h.t, "y": named(y), "dydt": named(dydt)}, rtol=1e-5, atol=1e-9)
