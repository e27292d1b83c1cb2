"""Conserved sums of KINETIC schemes stay what they are with variable steps."""

from neuron import h
from paired import mechanisms, report

mechanisms("markov.mod", "methods/schemes.mod")

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

soma.insert("schemes")
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-6)
h.finitialize(-65)
cvode.solve(4)
one = soma(0.5).schemes
report(
    {"sums": [one.a + one.b + one.c + one.d, one.e + one.f], "v": soma(0.5).v},
    rtol=1e-4,
)
