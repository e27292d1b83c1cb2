"""Handlers send further events, at the same time as well."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
calls = []


def tick(left):
    calls.append([round(h.t, 9), left])
    if left:
        cvode.event(h.t + 0.75, (tick, left - 1))
    if left == 2:
        cvode.event(h.t, (calls.append, "now"))


found = {}
for active in (False, True):
    cvode.active(active)
    h.finitialize(-65)
    cvode.event(0.5, (tick, 4))
    h.continuerun(6)
    found[f"active {active}"] = list(calls)
    calls.clear()
report(found)
