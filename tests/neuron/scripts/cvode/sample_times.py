"""Vector.record every dt and at given times: states there, not at steps' ends."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-7)
times = h.Vector([0.1, 1.111, 1.5, 1.51, 6.66])
at = h.Vector().record(soma(0.5)._ref_v, times)
every = h.Vector().record(soma(0.5)._ref_m_hh, 0.8)
clock = h.Vector().record(h._ref_t, 0.8)
h.finitialize(-65)
h.continuerun(7)
report({"at": at, "every": every, "clock": clock}, rtol=1e-5, atol=1e-6)
