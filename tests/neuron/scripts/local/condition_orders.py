"""Thresholds at the ends of steps and by interpolation, each in the steps of its cell."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, clamps, sources, spikes = [], [], [], []
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 15 + 3 * k
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0.5, 40, 0.2 + 0.1 * k
    source = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
    source.threshold = -10 + 5 * k
    times = h.Vector()
    source.record(times)
    cells.append(soma), clamps.append(clamp), sources.append(source), spikes.append(times)
cvode = h.CVode()
h.cvode_local(1)
found = {}
for order, atol in [(1, 1e-5), (2, 1e-7)]:
    cvode.atol(atol)
    cvode.condition_order(order)
    h.finitialize(-65)
    h.continuerun(40)
    found[f"order {order}"] = [list(times) for times in spikes]
# At the end of a step the time of a spike is as exact as steps are long.
report(found, rtol=1e-5, atol=1e-5, loose={"order 1": {"rtol": 5e-3, "atol": 2e-2}})
