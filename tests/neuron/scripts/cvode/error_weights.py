"""Weights of the error test: 1 over tolerances."""

from models import clamped_soma, named
from neuron import h
from paired import report

soma, stimulus = clamped_soma()
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-2)
cvode.rtol(1e-3)
cvode.atolscale("n_hh", 0.5)
h.finitialize(-65)
weights = h.Vector()
h.fadvance()
cvode.error_weights(weights)
report({"weights": named(weights)}, rtol=1e-4)
