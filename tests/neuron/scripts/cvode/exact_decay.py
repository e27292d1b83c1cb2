"""A leak alone: error within ten times the tolerance of the closed form, order by order."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

from math import exp

cvode = h.CVode()
cvode.active(True)
within = []
for tolerance in (1e-3, 1e-5, 1e-7):
    cvode.atol(tolerance)
    h.finitialize(-45)
    errors = []
    while h.t < 8:
        h.fadvance()
        errors.append(abs(soma(0.5).v - (-65 + 20 * exp(-h.t))))
    within.append(max(errors) < 10 * tolerance)
report({"within": within})
