"""record_remove ends a recording and that of its times."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
v, t, other, to = (h.Vector() for _ in range(4))
cvode.record(soma(0.5)._ref_v, v, t)
cvode.record(soma(0.5)._ref_i_pas, other, to)
h.finitialize(-50)
h.continuerun(1)
sizes = [len(v), len(other)]
cvode.record_remove(v)
h.continuerun(2)
found = {"grown": [len(v) == sizes[0], len(other) > sizes[1]]}
h.finitialize(-50)
h.continuerun(1)
found["kept"] = len(v) == sizes[0]
found["other"] = [len(other), len(to)]
report(found)
