"""Scales by reference: of all states of that name. (NEURON has this in hoc only.)"""

from models import clamped_soma
from neuron import h
from paired import raises, report

soma, stimulus = clamped_soma()

synapse = h.ExpSyn(soma(0.5))
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
found = {}
for name, reference in [
    ("m_hh", soma(0.5)._ref_m_hh),
    ("v", soma(0.5)._ref_v),
    ("ExpSyn.g", synapse._ref_g),
]:
    try:
        before = cvode.atolscale(reference)
        cvode.atolscale(reference, 0.5)
    except RuntimeError:
        before = None
    found[name] = [before, cvode.atolscale(name)]
expect = {name: [1.0, 0.5] for name in found}
report(found, expect=expect)
