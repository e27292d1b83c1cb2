"""NetCon events that are on their way: their times and NetCons."""

from neuron import h
from paired import report

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
times, objects = h.Vector(), h.List()
h.finitialize(-65)
h.continuerun(3.2)
to_synapse.event(9)
to_synapse.event(8)
cvode.event_queue_info(2, times, objects)
names = [objects.o(i).hname() for i in range(int(objects.count()))]
first = [list(times), names]
h.continuerun(8.5)
cvode.event_queue_info(2, times, objects)
report({"first": first, "second": [list(times), objects.count()]})
