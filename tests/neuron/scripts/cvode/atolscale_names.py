"""Scales of the tolerance by names of states: v, m_hh, ExpSyn.g."""

from models import clamped_soma
from neuron import h
from paired import raises, report

soma, stimulus = clamped_soma()

synapse = h.ExpSyn(soma(0.5))
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
found = {}
for name in ("v", "m_hh", "ExpSyn.g"):
    found[name] = [cvode.atolscale(name), cvode.atolscale(name, 0.25), cvode.atolscale(name)]
found["unknown"] = [raises(cvode.atolscale, name) for name in ("nosuch", "ExpSyn.nosuch", "Nosuch.g")]
text = h.ref("")
weights = h.Vector()
h.finitialize(-65)
h.fadvance()
cvode.error_weights(weights)
for i, weight in enumerate(weights):
    cvode.statename(i, text, 2)
    found["weight of " + text[0]] = weight
report(found, rtol=1e-6)
