"""Derivatives at any time and state; the model is there afterwards."""

from neuron import h
from paired import raises, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

text = h.ref("")


def named(values):
    """By the names of the states: their order is the simulator's own."""
    result = {}
    for i, value in enumerate(values):
        cvode.statename(i, text)
        result[text[0]] = value
    return result


cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
y, dydt = h.Vector(), h.Vector()
cvode.states(y)
found = {}
for t, v in [(0, -65), (1.2, -65), (1.2, 0), (9, 20)]:
    y.x[0] = v
    cvode.f(t, y, dydt)
    found[f"{t} {v}"] = named(dydt)
    found[f"model {t} {v}"] = [soma(0.5).v, soma(0.5).ina, soma(0.5).ik, stimulus.i]
found["size"] = raises(cvode.f, 0, h.Vector(2), dydt)
report(found, rtol=1e-7, atol=1e-9)
