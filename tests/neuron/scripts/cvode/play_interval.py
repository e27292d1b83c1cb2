"""A vector that is played every dt."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

stimulus = h.IClamp(soma(0.5))
stimulus.dur = 1e9
values = h.Vector([0, 0.1, 0.2, 0.1, 0])
values.play(stimulus._ref_amp, 0.6)
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-8)
v = h.Vector().record(soma(0.5)._ref_v, 0.25)
h.finitialize(-65)
h.continuerun(4)
report({"v": v, "i": stimulus.i}, rtol=1e-7)
