"""Modes of the queue, with delays that are multiples of dt."""

from neuron import h
from paired import raises, report

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
spikes = h.Vector()
watch = h.NetCon(artificial, None)
watch.record(spikes)
to_artificial.weight[0] = 1.1
found = {"default": cvode.queue_mode()}
for mode in (0, 1):
    found[f"set {mode}"] = cvode.queue_mode(mode, 0)
    h.finitialize(-65)
    h.continuerun(8)
    found[f"run {mode}"] = [list(spikes), soma(0.5).v, synapse.g]
cvode.queue_mode(0, 0)
found["outside"] = raises(cvode.queue_mode, 2)
report(found, rtol=1e-9)
