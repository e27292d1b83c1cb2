"""Events at one time are delivered in the order in which they were sent."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
calls = []
synapse = h.ExpSyn(soma(0.5))
netcon = h.NetCon(None, synapse)
netcon.weight[0] = 0.001
found = {}
for active in (False, True):
    cvode.active(active)
    h.finitialize(-65)
    for i in range(5):
        cvode.event(1.5, (calls.append, i))
    netcon.event(1.5)
    netcon.event(1.5)
    h.continuerun(1.5)
    h.fadvance()
    found[f"active {active}"] = [sorted(calls), len(calls)]
    calls.clear()
report(found)
