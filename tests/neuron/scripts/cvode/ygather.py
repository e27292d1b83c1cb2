"""The states that the model has, resized to their number."""

from models import clamped_soma, named
from neuron import h
from paired import report

soma, stimulus = clamped_soma()
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
y = h.Vector(99)
found = {"returned": cvode.ygather(y), "at 0": named(y)}
soma(0.5).v = -30
soma(0.5).n_hh = 0.5
cvode.ygather(y)
found["set"] = named(y)
cvode.states(y)
found["integrator"] = named(y)
report(found, rtol=1e-9)
