"""Synapses see the membrane's potential, electrodes that of the inside: SEClamp, IClamp, ExpSyn."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
cell = h.Section(name="cell")
cell.L, cell.diam, cell.nseg = 200, 10, 5
cell.insert("pas")
cell.insert("extracellular")
for x in cell:
    x.xraxial[0], x.xg[0], x.xc[0] = 20, 0.0005, 0.05
    x.e_extracellular = -20
clamp = h.SEClamp(cell(0.1))
clamp.dur1, clamp.amp1, clamp.dur2, clamp.amp2, clamp.rs = 1, -70, 2, -20, 5
current = h.IClamp(cell(0.9))
current.delay, current.dur, current.amp = 0.5, 1, 0.2
synapse = h.ExpSyn(cell(0.5))
synapse.tau, synapse.e = 2, 0
source = h.NetStim()
source.start, source.number = 1.5, 1
connection = h.NetCon(source, synapse)
connection.weight[0], connection.delay = 0.01, 0.5
recorded = {
    "v": [h.Vector().record(cell(x)._ref_v) for x in (0.1, 0.5, 0.9)],
    "vext": [h.Vector().record(cell(x)._ref_vext[0]) for x in (0.1, 0.5, 0.9)],
    "clamp": [h.Vector().record(clamp._ref_i), h.Vector().record(clamp._ref_vc)],
    "synapse": h.Vector().record(synapse._ref_i),
    "i": [h.Vector().record(cell(x)._ref_i_membrane) for x in (0.1, 0.5, 0.9)],
}
h.finitialize(-70)
for _ in range(160):
    h.fadvance()
report(recorded, atol=1e-10)
