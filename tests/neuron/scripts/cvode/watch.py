"""WATCH conditions with variable steps: how often, and when, with short steps."""

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
spikes = h.Vector()
netcon = h.NetCon(watcher, None)
netcon.record(spikes)
direct = h.NetCon(None, watcher)
direct.weight[0] = 2
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-5)
cvode.maxstep(0.01)
h.finitialize(-65)
direct.event(6)
cvode.solve(30)
names = ("ups", "downs", "peaks", "state", "trace")
found = {name: getattr(watcher, name) for name in names}
found["when"] = [list(spikes), watcher.last]
# A condition is found at the end of a step.
report(found, loose={"when": {"atol": 0.02}})
