"""Electrode current into a cable of hh in a narrow sheath of one layer."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
axon = h.Section(name="axon")
axon.L, axon.diam, axon.nseg = 2000, 3, 21
axon.insert("hh")
axon.insert("extracellular")
for segment in axon:
    segment.xraxial[0] = 200
    segment.xg[0] = 0.001
    segment.xc[0] = 0.1
clamp = h.IClamp(axon(0.05))
clamp.delay, clamp.dur, clamp.amp = 0.5, 1, 3
recorded = {
    "v": [h.Vector().record(axon(x)._ref_v) for x in (0, 0.05, 0.5, 1)],
    "vext": [h.Vector().record(axon(x)._ref_vext[0]) for x in (0, 0.05, 0.5, 1)],
    "i": [h.Vector().record(axon(x)._ref_i_membrane) for x in (0.05, 0.5)],
    "m": h.Vector().record(axon(0.5)._ref_m_hh),
    "cap": h.Vector().record(axon(0.5)._ref_i_cap),
}
h.finitialize(-65)
for _ in range(400):
    h.fadvance()
# hh: 1e-5 (its currents are not linear in v, where NEURON's conductance is a difference)
report(recorded, rtol=1e-5, atol=1e-6)
