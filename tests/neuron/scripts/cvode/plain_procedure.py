"""SOLVE of a PROCEDURE without METHOD: once in each step. (NEURON refuses it.)"""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/plaincount.mod")

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

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
