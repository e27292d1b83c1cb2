"""A NONLINEAR block that a FUNCTION of BREAKPOINT solves."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/cubicleak.mod")

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

soma.insert("cubicleak")
cvode = h.CVode()
found = {}
for active in (False, True):
    cvode.active(active)
    cvode.atol(1e-7)
    h.dt = 0.025
    h.finitialize(-30)
    if active:
        cvode.solve(2)
    else:
        h.continuerun(2)
    found[f"active {active}"] = [soma(0.5).v, soma(0.5).drive_cubicleak]
# NEURON's conductance is a difference.
report(found, rtol=1e-5, loose={"active False": {"rtol": 1e-3}})
