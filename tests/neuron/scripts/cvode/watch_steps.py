"""A WATCH condition fires at the end of the step in which it begins to hold."""

from neuron import h
from paired import mechanisms, report

mechanisms("events/watcher.mod")

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

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
