"""The states that the model has, resized to their number."""

from neuron import h
from paired import report

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
y = h.Vector(99)
found = {"returned": cvode.ygather(y), "at 0": named(y)}
soma(0.5).v = -30
soma(0.5).n_hh = 0.5
cvode.ygather(y)
found["set"] = named(y)
cvode.states(y)
found["integrator"] = named(y)
report(found, rtol=1e-9)
