"""A vector that is played in steps, at its times exactly."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

stimulus = h.IClamp(soma(0.5))
stimulus.dur = 1e9
values, times = h.Vector([0, 0.1, -0.05, 0]), h.Vector([0, 0.777, 1.333, 2.9])
values.play(stimulus._ref_amp, times)
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-8)
v = h.Vector().record(soma(0.5)._ref_v, 0.25)
t = h.Vector().record(h._ref_t)
h.finitialize(-65)
h.continuerun(4)
seen = [any(abs(x - time) < 1e-9 for x in t) for time in times]
report({"v": v, "at its times": seen}, rtol=1e-7)
