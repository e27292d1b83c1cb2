"""A concentration that is a state of a KINETIC scheme, written by cai = ca[0]."""

from models import clamped_soma
from neuron import h
from paired import mechanisms, report

mechanisms("cvode/shells.mod", "cal.mod")

soma, stimulus = clamped_soma()

soma.insert("shells")
soma.insert("cal")
cvode = h.CVode()
found = {}
for active in (False, True):
    cvode.active(active)
    cvode.atol(1e-6)
    h.dt = 0.025
    h.finitialize(-65)
    first = soma(0.5).cai
    if active:
        cvode.solve(6)
    else:
        h.continuerun(6)
    found[f"active {active}"] = [soma(0.5).cai, soma(0.5).total_shells, soma(0.5).eca]
    found[f"together {active}"] = soma(0.5).cai > first
report(found, rtol=2e-3)
