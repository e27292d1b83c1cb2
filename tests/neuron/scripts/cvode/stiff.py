"""0, 1 and 2 give one solution of what is not stiff."""

from neuron import h
from paired import raises, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

synapse = h.ExpSyn(soma(0.5))
synapse.tau = 2
event = h.NetCon(None, synapse)
event.weight[0] = 0.01
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-8)
found = {"default": cvode.stiff(), "outside": [raises(cvode.stiff, x) for x in (-1, 3)]}
for kind in (0, 1, 2):
    found[f"set {kind}"] = cvode.stiff(kind)
    h.finitialize(-65)
    event.event(1)
    cvode.solve(6)
    found[f"solution {kind}"] = [soma(0.5).v, synapse.g]
cvode.stiff(2)
report(found, rtol=1e-6)
