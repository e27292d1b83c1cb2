"""Self events that are on their way: times, flags and targets."""

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
times, flags, targets = h.Vector(), h.Vector(), h.List()
found = []
for active in (False, True):
    cvode.active(active)
    h.finitialize(-65)
    for end in (0, 2, 4):
        h.continuerun(end)
        cvode.event_queue_info(3, times, flags, targets)
        names = [targets.o(i).hname() for i in range(int(targets.count()))]
        found.append([list(times), list(flags), names])
report({"found": found})
