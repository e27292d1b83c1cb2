"""A shortest step: 0 at first; where shorter ones are needed the run ends with an error."""

from models import clamped_soma
from neuron import h
from paired import raises, report

soma, stimulus = clamped_soma()

cvode = h.CVode()
cvode.active(True)
found = {"values": [cvode.minstep(), cvode.minstep(1), cvode.minstep()], "negative": raises(cvode.minstep, -1)}
h.finitialize(-65)
found["too long"] = raises(h.fadvance)
cvode.minstep(0)
h.finitialize(-65)
h.fadvance()
found["again"] = h.t > 0
report(found)
