"""Runs of the same model in several ways: fadvance, continuerun, psolve, run agree."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
sec = h.Section(name="soma")
sec.L = sec.diam = 15
sec.insert("hh")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 5, 0.3
v = h.Vector().record(sec(0.5)._ref_v)
pc = h.ParallelContext()
pc.set_maxstep(10)
h.tstop, h.v_init = 6, -65
h.run()
by_run = list(v)
h.finitialize(-65)
h.continuerun(6)
by_continuerun = list(v)
h.finitialize(-65)
pc.psolve(6)
by_psolve = list(v)
h.finitialize(-65)
while len(v) < len(by_run):
    h.fadvance()
by_fadvance = list(v)

report({
    "v": by_run,
    "same": [by_run == by_continuerun, by_run == by_psolve, by_run == by_fadvance],
    "lengths": [len(by_run), len(by_continuerun), len(by_psolve)],
    "t": h.t,
})
