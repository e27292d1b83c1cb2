"""Estimated errors of the last step: their weighted norm is below 1."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

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
