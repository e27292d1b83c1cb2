"""Conserved sums of KINETIC schemes stay what they are with variable steps."""

from models import clamped_soma
from neuron import h
from paired import mechanisms, report

mechanisms("markov.mod", "methods/schemes.mod")

soma, stimulus = clamped_soma()

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
