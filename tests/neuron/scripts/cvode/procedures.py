"""PROCEDUREs that BREAKPOINT solves: where a step begins, and before each evaluation of currents."""

from neuron import h
from paired import mechanisms, report

mechanisms("steppedgate.mod", "driven.mod")
h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
for name in ("pas", "driven"):
    soma.insert(name)
h.cvode_active(True)
cvode = h.CVode()
cvode.atol(1e-7)
v = h.Vector().record(soma(0.5)._ref_v, 0.5)
y = h.Vector().record(soma(0.5).driven._ref_y, 0.5)
h.finitialize(-65)
h.continuerun(10)
found = {"before currents": [v.c(), y.c()]}
soma.uninsert("driven")
soma.insert("steppedgate")
cvode.atol(1e-3)
cvode.maxstep(0.01)
h.finitialize(-65)
h.continuerun(5)
found["at steps"] = [h.t, v[-1], soma(0.5).n_steppedgate]
found["calls"] = soma(0.5).steppedgate.calls > 450
# The procedure moves the state once in a step, whose lengths differ.
report(found, rtol=1e-6, atol=1e-6, loose={"at steps": {"rtol": 1e-3}})
