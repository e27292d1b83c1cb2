"""The bin queue: NetCon events of the fixed step at the step boundaries nearest to their times."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
stimulus = h.NetStim()
stimulus.number, stimulus.start, stimulus.interval = 4, 0.51, 0.77
cell = h.IntFire1()
cell.tau, cell.refrac = 10, 0.3
netcon = h.NetCon(stimulus, cell)
netcon.weight[0], netcon.delay = 0.6, 0.333
direct = h.NetCon(stimulus, cell)
direct.weight[0], direct.delay = 0.1, 0.01
spikes = h.Vector()
watch = h.NetCon(cell, None)
watch.record(spikes)
cvode = h.CVode()
found = {}
for mode in (0, 1):
    cvode.queue_mode(mode)
    h.finitialize(-65)
    h.continuerun(5)
    found[f"{mode}"] = spikes.c()
cvode.queue_mode(0)
report(found, rtol=1e-9)
