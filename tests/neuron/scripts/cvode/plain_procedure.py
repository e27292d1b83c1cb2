"""SOLVE of a PROCEDURE without METHOD: once in each step. (NEURON refuses it.)"""

from models import clamped_soma
from neuron import h
from paired import mechanisms, report

mechanisms("cvode/plaincount.mod")

soma, stimulus = clamped_soma()

soma.insert("plaincount")
cvode = h.CVode()
steps = 0
try:
    cvode.active(True)
    h.finitialize(-65)
    while h.t < 5:
        h.fadvance()
        steps += 1
except RuntimeError:
    pass
calls = soma(0.5).calls_plaincount
report({"steps": steps > 10, "calls": 10 < calls <= steps}, expect={"steps": True, "calls": True})
