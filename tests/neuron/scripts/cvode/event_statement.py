"""A statement of hoc as what an event does."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

h("touched = 0")
cvode = h.CVode()
found = []
for active in (False, True):
    cvode.active(active)
    h.touched = 1
    h.finitialize(-65)
    cvode.event(1.5, "touched = 7")
    h.continuerun(1)
    before = h.touched
    h.continuerun(3)
    found.append([before, h.touched])
report({"found": found})
