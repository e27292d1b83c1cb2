"""WATCH conditions with condition_order 2: the times at which they begin to hold are interpolated."""

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

stimulus.dur = 0.3
again = h.IClamp(soma(0.5))
again.delay, again.dur, again.amp = 14, 0.3, 1
watcher = h.Watcher(soma(0.5))
watcher.low = -90
spikes = h.Vector()
netcon = h.NetCon(watcher, None)
netcon.record(spikes)
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-6)
cvode.condition_order(2)
h.finitialize(-65)
cvode.solve(25)
names = ("ups", "downs", "peaks", "state", "trace")
found = {name: getattr(watcher, name) for name in names}
found["spikes"] = spikes
cvode.condition_order(1)
report(found, loose={"spikes": {"rtol": 1e-5}})
