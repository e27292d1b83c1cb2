"""stoprun, set by an event, ends a run; the next one goes on."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

h.cvode_active(True)
cvode = h.CVode()
h.finitialize(-50)
cvode.event(1.75, lambda: setattr(h, "stoprun", 1))
h.continuerun(5)
found = {"stopped": [h.t, h.stoprun]}
h.continuerun(5)
found["end"] = [h.t, h.stoprun]
h.tstop = 3
h.v_init = -60
h.run()
found["run"] = h.t
report(found, rtol=1e-9)
