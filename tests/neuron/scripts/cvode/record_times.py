"""A fourth argument 1: points at the times that the second Vector has."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
times = h.Vector([0, 0.5, 1.25, 1.251, 3.3333, 7])
v = h.Vector()
cvode.record(soma(0.5)._ref_v, v, times, 1)
found = {}
cvode.active(True)
cvode.atol(1e-6)
h.finitialize(-65)
h.continuerun(8)
found["variable"] = list(v)
found["times"] = list(times)
cvode.active(False)
h.dt = 0.025
h.finitialize(-65)
h.continuerun(8)
found["fixed"] = list(v)
report(found, rtol=1e-4, atol=1e-4)
