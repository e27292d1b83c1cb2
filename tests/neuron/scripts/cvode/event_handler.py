"""Events that handlers of the initialization send: in every run anew."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

synapse = h.ExpSyn(soma(0.5))
netcon = h.NetCon(None, synapse)
netcon.weight[0] = 0.002
cvode = h.CVode()
calls = []


def begin():
    cvode.event(1.5, (calls.append, "function"))
    netcon.event(2.25)


handler = h.FInitializeHandler(begin)
late = h.FInitializeHandler(2, lambda: cvode.event(0.75, (calls.append, "late")))
found = {}
for active in (False, True):
    cvode.active(active)
    cvode.atol(1e-7)
    for run in (1, 2):
        h.finitialize(-65)
        if active:
            cvode.solve(4)
        else:
            h.continuerun(4)
        found[f"active {active}, run {run}"] = [list(calls), synapse.g, soma(0.5).v]
        calls.clear()
# What has decayed is below the tolerance.
report(found, rtol=1e-5, atol=1e-9)
