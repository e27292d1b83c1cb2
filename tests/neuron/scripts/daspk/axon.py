"""hh in a sheath with IDA against its own fixed step, and against NEURON's IDA."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
axon = h.Section(name="axon")
axon.L, axon.diam, axon.nseg = 1000, 3, 11
axon.insert("hh")
axon.insert("extracellular")
for segment in axon:
    segment.xraxial[0], segment.xg[0], segment.xc[0] = 200, 0.001, 0.1
clamp = h.IClamp(axon(0.05))
clamp.delay, clamp.dur, clamp.amp = 0.5, 1, 3
cvode = h.CVode()
cvode.atol(1e-6)
cvode.active(True)
cvode.use_daspk(True)
times = h.Vector().indgen(0.5, 6, 0.5)
recorded = [h.Vector().record(axon(x)._ref_v, times) for x in (0.05, 0.5, 0.95)]
recorded += [h.Vector().record(axon(x)._ref_vext[0], times) for x in (0.05, 0.5)]
h.finitialize(-65)
while h.t < 6.1:
    h.fadvance()
report({"v": recorded}, rtol=0, atol=5e-3)
