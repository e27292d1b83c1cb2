"""active: what it returns, and what fadvance and finitialize then do."""

from models import clamped_soma
from neuron import h
from paired import raises, report

soma, stimulus = clamped_soma()

cvode = h.CVode()
found = {"values": [cvode.active(), cvode.active(True), cvode.active(), cvode.active(0), cvode.active(1)]}
another = h.CVode()
found["one integrator"] = another.active()
h.finitialize(-65)
h.fadvance()
found["variable"] = h.t
cvode.active(False)
h.dt = 0.025
h.finitialize(-65)
h.fadvance()
found["fixed"] = h.t
found["gui"] = [h.cvode_active(), h.cvode_active(1), cvode.active(), h.cvode_active(0), h.cvode.active()]
report(found, rtol=1e-3)
