"""A WATCH condition fires at the end of the step in which it begins to hold."""

from models import clamped_soma
from neuron import h
from paired import mechanisms, report

mechanisms("events/watcher.mod")

soma, stimulus = clamped_soma()

watcher = h.Watcher(soma(0.5))
spikes = h.Vector()
netcon = h.NetCon(watcher, None)
netcon.record(spikes)
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
ends = []
while h.t < 6:
    h.fadvance()
    ends.append(h.t)
found = {"count": len(spikes), "at an end": [any(abs(t - end) < 1e-12 for end in ends) for t in spikes]}
report(found)
