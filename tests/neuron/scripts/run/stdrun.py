"""stdrun's run, init, stdinit, continuerun, tstop, v_init and steps_per_ms."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
sec = h.Section(name="soma")
sec.L = sec.diam = 15
sec.insert("hh")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 1, 0.4
v, t = h.Vector().record(sec(0.5)._ref_v), h.Vector().record(h._ref_t)
found = {"defaults": [h.tstop, h.v_init, h.steps_per_ms, h.dt]}
h.run()
found["run"] = [len(v), list(t)[-1], h.t, v.max(), v.sum()]
h.tstop, h.v_init = 3, -70
h.run()
found["tstop"] = [len(v), h.t, list(v)]
h.stdinit()
found["stdinit"] = [h.t, sec(0.5).v, len(v)]
h.continuerun(1)
found["to 1"] = [h.t, sec(0.5).v, len(v)]
h.continuerun(1)
h.continuerun(2.51)
found["to 2.51"] = [h.t, sec(0.5).v, len(v)]
h.init()
found["init"] = [h.t, sec(0.5).v]
h.steprun()
found["steprun"] = h.t
h.advance()
found["advance"] = h.t

report(found)
