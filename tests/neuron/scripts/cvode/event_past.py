"""Events in the past are none; one at a multiple of dt is not missed."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
calls = []
found = {}
for active in (False, True):
    cvode.active(active)
    h.finitialize(-65)
    h.continuerun(1)
    returned = [cvode.event(0.5, (calls.append, "past")), cvode.event(2, (calls.append, "two"))]
    h.continuerun(3)
    found[f"active {active}"] = [returned, list(calls)]
    calls.clear()
report(found)
