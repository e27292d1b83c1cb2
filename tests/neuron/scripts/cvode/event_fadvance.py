"""An event ends fadvance at exactly its time."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
cvode.event(0.0123)
cvode.event(2.7182818)
times = []
while h.t < 4:
    h.fadvance()
    times.append(h.t)
found = {"there": [0.0123 in times, 2.7182818 in times]}
report(found)
