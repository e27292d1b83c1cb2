"""dt and steps_per_ms of stdrun: which gives way, and how long the steps are."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
sec = h.Section(name="soma")
sec.insert("pas")
t = h.Vector().record(h._ref_t)
h.tstop = 1


def run():
    h.run()
    return [h.dt, h.steps_per_ms, h.t, len(t), t[1]]


found = {"default": run()}
h.dt = 0.01
found["dt 0.01"] = run()
h.steps_per_ms = 100
found["100 steps"] = run()
h.dt = 0.1
h.steps_per_ms = 10
found["10 steps"] = run()
h.dt = 0.03
found["dt 0.03"] = run()
h.steps_per_ms = 8
h.setdt()
found["setdt"] = [h.dt, h.steps_per_ms]

report(found)
