"""Without the variable step, vectors of states are empty and there are no names."""

from models import clamped_soma
from neuron import h
from paired import raises, report

soma, stimulus = clamped_soma()

cvode = h.CVode()
h.finitialize(-65)
found = {}
for name in ("states", "dstates", "error_weights", "acor"):
    vector = h.Vector(5)
    getattr(cvode, name)(vector)
    found[name] = len(vector)
vector = h.Vector(5)
cvode.state_magnitudes(vector, 0)
found["magnitudes"] = len(vector)
found["statename"] = raises(cvode.statename, 0, h.ref(""))
report(found)
