"""Artificial cells alone, and with a cell that is integrated."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
stimulus = h.NetStim()
stimulus.number, stimulus.start, stimulus.interval = 6, 1, 2.5
cell = h.IntFire1()
cell.tau = 10
drive = h.NetCon(stimulus, cell)
drive.weight[0], drive.delay = 0.4, 0.75
chain = h.IntFire2()
link = h.NetCon(cell, chain)
link.weight[0], link.delay = 2, 1.25
spikes = [h.Vector(), h.Vector(), h.Vector()]
watch = [h.NetCon(each, None) for each in (stimulus, cell, chain)]
for connection, times in zip(watch, spikes):
    connection.record(times)
h.cvode_active(True)
h.finitialize()
h.continuerun(20)
found = {"alone": [h.t, *(times.c() for times in spikes)]}
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
synapse = h.ExpSyn(soma(0.5))
to_cell = h.NetCon(cell, synapse)
to_cell.weight[0], to_cell.delay = 0.01, 2
v = h.Vector().record(soma(0.5)._ref_v, 1)
h.CVode().atol(1e-6)
h.finitialize(-65)
h.continuerun(20)
found["together"] = [h.t, v, *spikes]
report(found, rtol=1e-6, atol=1e-6)
