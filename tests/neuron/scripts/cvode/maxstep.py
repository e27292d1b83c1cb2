"""A longest step; 0 stands for none."""

from neuron import h
from paired import raises, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
cvode.active(True)
found = {"negative": raises(cvode.maxstep, -1)}


def longest():
    h.finitialize(-65.5)
    steps = []
    while h.t < 50:
        before = h.t
        h.fadvance()
        steps.append(h.t - before)
    return max(steps)


found["default"] = cvode.maxstep()
found["long"] = longest() > 5
found["set"] = cvode.maxstep(0.5)
found["short"] = longest() <= 0.5 * (1 + 1e-9)
found["0"] = cvode.maxstep(0)
found["none"] = longest() > 5
# NEURON keeps the limit of before
report(found, expect={"none": True})
