"""Pairs of the times at which events are sent and are due."""

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
cvode.active(False)
pairs = h.Vector()
h.finitialize(-65)
cvode.store_events(pairs)
h.continuerun(2)
cvode.store_events()
size = len(pairs)
h.continuerun(4)
# The document: all events that are sent. NEURON leaves those of NetCons out.
all_pairs = [1.0, 1.0, 1.0, 2.5, 1.0, 1.5, 1.0, 3.0]
report(
    {"pairs": list(pairs), "ended": size == len(pairs)},
    expect={"pairs": all_pairs},
)
