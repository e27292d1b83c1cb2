"""Estimated errors of the last step: their weighted norm is below 1."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
errors, weights = h.Vector(), h.Vector()
norms = []
for _ in range(60):
    h.fadvance()
    cvode.acor(errors)
    cvode.error_weights(weights)
    norms.append((sum((e * w) ** 2 for e, w in zip(errors, weights)) / len(errors)) ** 0.5)
found = {"size": len(errors), "below 1": max(norms) <= 1, "not 0": max(norms) > 1e-3}
report(found)
