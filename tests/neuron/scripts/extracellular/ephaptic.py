"""Two axons side by side: each has the potential outside of the other as its battery."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
axons = [h.Section(name=f"axon{i}") for i in range(2)]
for axon in axons:
    axon.L, axon.diam, axon.nseg = 1000, 2, 9
    axon.insert("hh")
    axon.insert("extracellular")
    for x in axon:
        x.xraxial[0], x.xg[0] = 500, 0.01
clamp = h.IClamp(axons[0](0))
clamp.delay, clamp.dur, clamp.amp = 0.5, 0.5, 2
recorded = [h.Vector().record(axon(x)._ref_v) for axon in axons for x in (0.05, 0.5, 0.95)]
h.finitialize(-65)
for _ in range(300):
    h.fadvance()
    outside = [[x.vext[0] for x in axon] for axon in axons]
    for axon, other in zip(axons, reversed(outside)):
        for x, value in zip(axon, other):
            x.e_extracellular = 0.5 * value
# hh: 1e-5, as its currents are not linear in v
report({"v": recorded}, rtol=1e-5, atol=1e-6)
