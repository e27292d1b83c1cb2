"""Thresholds at the ends of steps, and interpolated within them."""

from models import clamped_soma
from neuron import h
from paired import raises, report

soma, stimulus = clamped_soma()

cvode = h.CVode()
cvode.active(True)
found = {"default": cvode.condition_order(), "outside": [raises(cvode.condition_order, x) for x in (0, 3)]}
spikes, ends = h.Vector(), h.Vector()
watch = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
watch.threshold = -20
watch.record(spikes)
times = h.Vector().record(h._ref_t)
for order in (1, 2):
    found[f"set {order}"] = cvode.condition_order(order)
    h.finitialize(-65)
    h.continuerun(8)
    found[f"spikes {order}"] = len(spikes)
    found[f"at a step's end {order}"] = any(abs(t - spikes[0]) < 1e-9 for t in times)
cvode.atol(1e-7)
h.finitialize(-65)
h.continuerun(8)
found["tight"] = spikes[0]
cvode.condition_order(1)
report(found, rtol=1e-5)
