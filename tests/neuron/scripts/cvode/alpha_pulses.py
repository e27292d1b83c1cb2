"""Mechanisms that name their times: IClamp, AlphaSynapse, SEClamp, at exactly these."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 0.777, 0.333, 0.1
alpha = h.AlphaSynapse(soma(0.5))
alpha.onset, alpha.tau, alpha.gmax = 2.222, 0.5, 0.005
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-8)
t = h.Vector().record(h._ref_t)
v = h.Vector().record(soma(0.5)._ref_v, 0.5)
h.finitialize(-65)
h.continuerun(6)
edges = [0.777, 1.11, 2.222]
seen = [sum(abs(x - edge) < 1e-9 for x in t) for edge in edges]
report({"v": v, "points at the edges": seen}, rtol=1e-6)
