"""WATCH conditions with variable steps: how often, and when, with short steps, and interpolated."""

from models import clamped_soma
from neuron import h
from paired import mechanisms, report

mechanisms("events/watcher.mod")
soma, stimulus = clamped_soma()
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


def run(until, *events):
    h.finitialize(-65)
    for time in events:
        direct.event(time)
    cvode.solve(until)
    names = ("ups", "downs", "peaks", "state", "trace")
    return {name: getattr(watcher, name) for name in names}


cvode.atol(1e-5)
cvode.maxstep(0.01)
found = {"short steps": run(30, 6), "when": [list(spikes), watcher.last]}
cvode.maxstep(1e9)
cvode.atol(1e-6)
cvode.condition_order(2)
watcher.low = -90
found |= {"interpolated": run(25), "spikes": list(spikes)}
cvode.condition_order(1)
# A condition is found at the end of a step; with order 2 where the line between two ends crosses it.
report(found, loose={"when": {"atol": 0.02}, "spikes": {"rtol": 1e-5}})
