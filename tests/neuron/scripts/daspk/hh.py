"""An action potential with IDA: hh, a synapse with an event, threshold detection."""

from neuron import h
from paired import report

soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
synapse = h.ExpSyn(soma(0.5))
source = h.NetStim()
source.start, source.number = 1, 1
connection = h.NetCon(source, synapse, 0, 0.5, 0.05)
spikes = h.Vector()
detector = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
detector.record(spikes)
cvode = h.CVode()
cvode.atol(1e-6)
cvode.condition_order(2)
cvode.active(True)
cvode.use_daspk(True)
times = h.Vector().indgen(0, 10, 0.5)
v = h.Vector().record(soma(0.5)._ref_v, times)
m = h.Vector().record(soma(0.5)._ref_m_hh, times)
h.finitialize(-65)
while h.t < 10.1:
    h.fadvance()
report({"v": v, "m": m, "spikes": spikes}, rtol=0, atol=2e-3)
