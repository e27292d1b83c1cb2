"""Mutually inhibiting hh cells with delays, each driven by its own current."""

from neuron import h
from paired import report

cells, clamps, synapses, connections, vectors = [], [], [], [], []
for k in range(4):
    sec = h.Section(name=f"cell{k}")
    sec.L = sec.diam = 16
    sec.insert("hh")
    clamp = h.IClamp(sec(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1 + k, 100, 0.2 + 0.03 * k
    synapse = h.Exp2Syn(sec(0.5))
    synapse.tau1, synapse.tau2, synapse.e = 0.5, 6, -75
    cells.append(sec), clamps.append(clamp), synapses.append(synapse)
for k, sec in enumerate(cells):
    for j, synapse in enumerate(synapses):
        if j != k:
            nc = h.NetCon(sec(0.5)._ref_v, synapse, -10, 1 + 0.3 * j, 0.003, sec=sec)
            connections.append(nc)
    times = h.Vector()
    watch = h.NetCon(sec(0.5)._ref_v, None, sec=sec)
    watch.threshold = -10
    watch.record(times)
    connections.append(watch), vectors.append(times)
h.finitialize(-65)
while h.t < 80:
    h.fadvance()

report({"spikes": [list(times) for times in vectors], "v": [sec(0.5).v for sec in cells]})
