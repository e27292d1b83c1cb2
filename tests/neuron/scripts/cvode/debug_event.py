"""A line for each event that is sent or delivered, more with 2, none with 0."""

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
cvode.active(False)
found = {"levels": [cvode.debug_event(), cvode.debug_event(1), cvode.debug_event()]}
h.finitialize(-65)
lines = captured(h.continuerun, 2).splitlines()
found["lines"] = [line.split() for line in lines]
cvode.debug_event(0)
found["none"] = captured(h.continuerun, 4)
cvode.active(True)
h.finitialize(-65)
cvode.debug_event(2)
lines = captured(h.fadvance).splitlines()
found["steps too"] = len(lines) > 0
cvode.debug_event(0)
report(found)
