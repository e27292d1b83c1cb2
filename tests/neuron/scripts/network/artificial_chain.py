"""NetStim to IntFire1 to IntFire2 to ExpSyn: exact times through a chain of cells."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.insert("pas")
stim, first, second, syn = n.NetStim(), n.IntFire1(), n.IntFire2(), n.ExpSyn(sec(0.5))
stim.start, stim.interval, stim.number = 0.777, 1.3131, 20
first.tau, first.refrac = 10, 0.5
second.taum, second.taus, second.ib = 8, 14, 0.3
connections = []
for source, target, weight, delay in (
    (stim, first, 0.4, 0.123), (first, second, 1.2, 0.321), (second, syn, 0.01, 0.05),
):
    nc = n.NetCon(source, target)
    nc.weight[0], nc.delay = weight, delay
    connections.append(nc)
vectors, watches = [], []
for source in (stim, first, second):
    watch, times = n.NetCon(source, None), n.Vector()
    watch.record(times)
    watches.append(watch), vectors.append(times)
g = n.Vector().record(syn._ref_g)
n.finitialize(-65)
while n.t < 40:
    n.fadvance()

report({"times": [list(times) for times in vectors], "g": g})
