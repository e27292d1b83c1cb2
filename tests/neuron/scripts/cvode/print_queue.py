"""The events that are on their way, as text."""

from neuron import h
from paired import captured, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

source = h.NetStim()
source.number, source.start, source.interval = 3, 1, 2
synapse = h.ExpSyn(soma(0.5))
artificial = h.IntFire1()
artificial.tau, artificial.refrac = 10, 1.5
to_synapse = h.NetCon(source, synapse)
to_synapse.weight[0], to_synapse.delay = 0.001, 1.5
to_artificial = h.NetCon(source, artificial)
to_artificial.weight[0], to_artificial.delay = 0.6, 0.5
silent = h.NetCon(source, synapse)
silent.active(0)

cvode = h.CVode()
found = {}
for active in (False, True):
    cvode.active(active)
    h.finitialize(-65)
    h.continuerun(3)
    cvode.event(7.25, print)
    cvode.event(9.125)
    lines = captured(cvode.print_event_queue).splitlines()
    found[f"active {active}"] = [line.strip().replace("PythonObject", "").split() for line in lines]
report(found)
