"""Events with a point process: called among other events, with re_init as a new beginning."""

from neuron import h
from paired import raises, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

synapse = h.ExpSyn(soma(0.5))
stimulus = h.IClamp(soma(0.5))
stimulus.dur = 1e9
artificial = h.IntFire1()
cvode = h.CVode()
calls = []


def change(value):
    calls.append(round(h.t, 9))
    stimulus.amp = value


found = {}
for active in (False, True):
    cvode.active(active)
    cvode.atol(1e-8)
    h.finitialize(-65)
    cvode.event(1.25, (change, 0.05), synapse, 1)
    cvode.event(3.5, (change, 0), synapse, 1)
    if active:
        cvode.solve(5)
    else:
        h.continuerun(5)
    found[f"active {active}"] = [soma(0.5).v, list(calls)]
    calls.clear()
found["not a point process"] = [
    raises(cvode.event, 6, change, artificial, 1),
    raises(cvode.event, 6, change, soma, 1),
]
report(found, rtol=1e-6)
