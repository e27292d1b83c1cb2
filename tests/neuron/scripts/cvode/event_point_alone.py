"""A point process as the third argument alone. (NEURON wants a fourth.)"""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

synapse = h.ExpSyn(soma(0.5))
cvode = h.CVode()
cvode.active(True)
calls = []
h.finitialize(-65)
try:
    cvode.event(1.25, lambda: calls.append(h.t), synapse)
except RuntimeError:
    pass
h.continuerun(2)
report({"calls": calls}, expect={"calls": [1.25]})
