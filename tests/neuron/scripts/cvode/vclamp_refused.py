"""VClamp cannot be on with variable steps, SEClamp can."""

from neuron import h
from paired import raises, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

clamp = h.VClamp(soma(0.5))
cvode = h.CVode()


def run():
    cvode.active(True)
    h.finitialize(-65)
    h.fadvance()


found = {"off": raises(run)}
clamp.dur[0], clamp.amp[0] = 5, -30
found["on"] = raises(run)
cvode.active(False)
del clamp
clamp = h.SEClamp(soma(0.5))
clamp.dur1, clamp.amp1, clamp.dur2, clamp.amp2, clamp.rs = 1, -65, 2, -20, 1
cvode.active(True)
cvode.atol(1e-7)
h.finitialize(-65)
cvode.solve(2)
found["SEClamp"] = [soma(0.5).v, clamp.i]
cvode.solve(5)
found["after it"] = [soma(0.5).v, clamp.i]
report(found, rtol=1e-5)
