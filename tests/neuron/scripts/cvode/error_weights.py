"""Weights of the error test: 1 over tolerances."""

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
cvode.atol(1e-2)
cvode.rtol(1e-3)
cvode.atolscale("n_hh", 0.5)
h.finitialize(-65)
weights = h.Vector()
h.fadvance()
cvode.error_weights(weights)
report({"weights": named(weights)}, rtol=1e-4)
