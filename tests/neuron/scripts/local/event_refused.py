"""What an event may not be given, and what needs one time for all cells."""

from neuron import h
from paired import raises, report

soma, other = h.Section(name="soma"), h.Section(name="other")
for sec in (soma, other):
    sec.insert("hh")
artificial = h.IntFire1()
clamp = h.IClamp(soma(0.5))
cvode = h.CVode()
cvode.active(True)
cvode.use_local_dt(True)
h.finitialize(-65)
vector, derivatives = h.Vector(), h.Vector()
cvode.states(vector)
found = {
    "f": raises(cvode.f, 0, vector, derivatives),
    "yscatter": raises(cvode.yscatter, vector),
    "ygather": raises(cvode.ygather, vector),
    "artificial": raises(cvode.event, 1, lambda: None, artificial, 0),
    "order": [raises(cvode.order, 2), raises(cvode.order, -1), cvode.order(1) >= 0],
    "states": len(vector),
}
report(found)
