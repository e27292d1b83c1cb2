"""What an event calls: a function, a tuple of one and its arguments; at which time."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
calls = []


def note(*what):
    calls.append([round(h.t, 9), *what])


found = {}
for active in (False, True):
    cvode.active(active)
    h.finitialize(-65)
    cvode.event(1.3, note)
    cvode.event(2, (note, "two"))
    cvode.event(0.5, (note, (1, "half")))
    cvode.event(3.21)
    h.continuerun(4)
    found[f"active {active}"] = list(calls)
    calls.clear()
report(found)
