"""A vector that is played along lines: corners are found, with and without a list of them."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

stimulus = h.IClamp(soma(0.5))
stimulus.dur = 1e9
values, times = h.Vector([0, 0, 0.2, 0.2, 0]), h.Vector([0, 1, 1.5, 3, 3])
corners = h.Vector([1, 2, 3])
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-8)
v = h.Vector().record(soma(0.5)._ref_v, 0.25)
found = {}
values.play(stimulus._ref_amp, times, True)
h.finitialize(-65)
h.continuerun(5)
found["all"] = list(v)
values.play_remove()
values.play(stimulus._ref_amp, times, corners)
h.finitialize(-65)
h.continuerun(5)
found["listed"] = list(v)
report(found, rtol=1e-6)
