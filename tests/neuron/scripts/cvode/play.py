"""Vectors that are played while steps have variable length: steps, and lines between knots."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
stimulus = h.IClamp(soma(0.5))
stimulus.dur = 1e9
steps = h.Vector([0, 0.1, 0.3, 0])
times = h.Vector([0, 1.25, 2.5, 4])
steps.play(stimulus._ref_amp, times)
second = h.IClamp(soma(0.5))
second.dur = 1e9
knots = h.Vector([0, 0, 0.5, 0])
at = h.Vector([0, 5, 6.5, 8])
knots.play(second._ref_amp, at, True)
v = h.Vector().record(soma(0.5)._ref_v, 0.5)
h.cvode_active(True)
h.CVode().atol(1e-7)
h.finitialize(-65)
h.continuerun(10)
report({"v": v, "t": h.t, "i": [stimulus.i, second.i]}, rtol=1e-6, atol=1e-6)
