"""A concentration that is a state of a KINETIC scheme, written by cai = ca[0]."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/shells.mod", "cal.mod")

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

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
