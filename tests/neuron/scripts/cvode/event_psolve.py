"""An event ends psolve at exactly its time."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-6)
pc = h.ParallelContext()
pc.set_maxstep(10)
h.finitialize(-65)
cvode.event(2.345)
pc.psolve(5)
found = {"first": [h.t, soma(0.5).v]}
pc.psolve(5)
found["second"] = [h.t, soma(0.5).v]
# NEURON goes on to 5 at once; the document has psolve return at the event.
report(found, rtol=1e-4)
