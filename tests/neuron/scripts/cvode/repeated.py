"""A run that is repeated gives the same bits."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

synapse = h.ExpSyn(soma(0.5))
source = h.NetStim()
source.number, source.start, source.interval, source.noise = 20, 0.5, 1.5, 1
source.noiseFromRandom123(1, 2, 3)
netcon = h.NetCon(source, synapse)
netcon.weight[0] = 0.003
cvode = h.CVode()
cvode.active(True)
v, t = h.Vector().record(soma(0.5)._ref_v), h.Vector().record(h._ref_t)
runs = []
for _ in range(2):
    h.finitialize(-65)
    cvode.solve(15)
    runs.append([list(v), list(t)])
report({"same": runs[0] == runs[1], "g": synapse.g}, rtol=1e-6)
