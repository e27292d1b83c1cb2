"""The fixed step ignores condition_order."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

cvode = h.CVode()
cvode.active(False)
spikes = h.Vector()
watch = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
watch.record(spikes)
found = []
for order in (1, 2):
    cvode.condition_order(order)
    h.finitialize(-65)
    h.continuerun(8)
    found.append(list(spikes))
cvode.condition_order(1)
report({"spikes": found})
