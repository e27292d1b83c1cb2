"""The fixed step ignores condition_order."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

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
