"""A LINEAR block that a PROCEDURE of BREAKPOINT solves."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/seriesloop.mod")

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

loop = h.SeriesLoop(soma(0.5))
cvode = h.CVode()
found = {}
for active in (False, True):
    cvode.active(active)
    cvode.atol(1e-8)
    h.dt = 0.025
    h.finitialize(-65)
    if active:
        cvode.solve(4)
    else:
        h.continuerun(4)
    found[f"active {active}"] = [soma(0.5).v, loop.i, loop.middle]
# NEURON differences the current, which is exact here up to roundoff.
report(found, rtol=1e-6)
