"""The eleven counts of a network that can be counted by hand."""

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
counts = h.Vector(3)
h.finitialize(-65)
cvode.spike_stat(counts)
first = list(counts)
h.continuerun(4)
cvode.spike_stat(counts)
second = list(counts)
# Until 4 ms: NetStim's first event to itself (at 1) sends the next one (at 1), which fires; the
# one at 3 fires again. Each spike sends two NetCon events (one NetCon is silent) and the next event
# to itself. Delivered: 3 self events, NetCon events at 1.5, 2.5 and 3.5. The second one brings
# IntFire1 to 1.14: it fires, to nobody, and sends itself the end of its refractory period. NEURON
# leaves elements 2 to 7 at 0.
begin = [float(n) for n in (0, 3, 0, 0, 0, 0, 1, 0, 1, 0, 0)]
end = [float(n) for n in (0, 3, 6, 3, 2, 3, 5, 0, 9, 0, 6)]
report({"begin": first, "end": second}, expect={"begin": begin, "end": end})
