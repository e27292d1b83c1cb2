"""finitialize empties the queue of events."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
calls = []
times = h.Vector()
for active in (False, True):
    cvode.active(active)
    h.finitialize(-65)
    cvode.event(1, (calls.append, 1))
    h.finitialize(-65)
    cvode.print_event_queue(times)
    h.continuerun(2)
report({"calls": calls, "queue": list(times)})
