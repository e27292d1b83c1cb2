"""A variable with the times of its points, for each variable its own."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
v, t, m, tm = (h.Vector() for _ in range(4))
cvode.record(soma(0.5)._ref_v, v, t)
cvode.record(soma(0.5).hh._ref_m, m, tm, sec=soma)
found = {}
h.finitialize(-65)
found["fixed, first"] = [list(v), list(t)]
h.continuerun(1)
found["fixed"] = [list(v), list(t), list(m), list(tm)]
cvode.active(True)
h.finitialize(-65)
found["first"] = [list(v), list(t)]
for _ in range(20):
    h.fadvance()
found["20 steps"] = [list(v), list(t)]
# The document has the first point after finitialize; NEURON when the next step begins.
report(found, rtol=1e-3, expect={"first": [[-65.0], [0.0]]})
