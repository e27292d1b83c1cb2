"""Derivatives at any time and state; the model is there afterwards."""

from models import clamped_soma, named
from neuron import h
from paired import raises, report

soma, stimulus = clamped_soma()
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
y, dydt = h.Vector(), h.Vector()
cvode.states(y)
found = {}
for t, v in [(0, -65), (1.2, -65), (1.2, 0), (9, 20)]:
    y.x[0] = v
    cvode.f(t, y, dydt)
    found[f"{t} {v}"] = named(dydt)
    found[f"model {t} {v}"] = [soma(0.5).v, soma(0.5).ina, soma(0.5).ik, stimulus.i]
found["size"] = raises(cvode.f, 0, h.Vector(2), dydt)
report(found, rtol=1e-7, atol=1e-9)
