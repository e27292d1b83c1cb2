"""Handlers change parameters and states; re_init has the integrator know."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

stimulus = h.IClamp(soma(0.5))
stimulus.dur = 1e9
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-8)


def amplitude(value):
    stimulus.amp = value
    cvode.re_init()


def jump(value):
    soma(0.5).v = value
    cvode.re_init()


v = h.Vector().record(soma(0.5)._ref_v, 0.5)
h.finitialize(-65)
cvode.event(1, (amplitude, 0.1))
cvode.event(2.1, (jump, -30))
cvode.event(3.7, (amplitude, 0))
h.continuerun(6)
report({"v": v, "t": h.t}, rtol=1e-6)
