"""Names of stdrun that scripts set: runStopAt, realtime, stoprun, using_cvode_."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
sec = h.Section(name="soma")
sec.insert("pas")
found = {"begun": [h.stoprun, h.runStopAt, h.runStopIn, h.nstep_steprun, h.screen_update_invl > 0]}
h.tstop = 5
h.runStopAt = 2
h.stdinit()
h.continuerun(h.runStopAt)
found["stopped at"] = h.t
h.runStopIn = 1.5
h.continuerun(h.t + h.runStopIn)
found["and in"] = h.t
h.nstep_steprun = 4
h.steprun()
found["steps"] = h.t
h.stoprun = 1
found["stoprun"] = h.stoprun

report(found)
