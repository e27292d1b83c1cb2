"""A network of integrate-and-fire cells with Poisson-like input from Random123 streams."""

from neuron import n
from paired import report

count = 12
cells = [n.IntFire1() for _ in range(count)]
stims, connections = [], []
for k, cell in enumerate(cells):
    cell.tau, cell.refrac = 10, 3
    stim = n.NetStim()
    stim.noiseFromRandom123(k, 7, 1)
    stim.start, stim.number, stim.interval, stim.noise = 0, 1e9, 4, 1
    into = n.NetCon(stim, cell)
    into.weight[0], into.delay = 0.45, 0.1
    stims.append(stim), connections.append(into)
for k in range(count):
    for step, weight in ((1, 0.2), (5, -0.15)):
        across = n.NetCon(cells[k], cells[(k + step) % count])
        across.weight[0], across.delay = weight, 1.1 + 0.13 * k
        connections.append(across)
times, ids = n.Vector(), n.Vector()
for k, cell in enumerate(cells):
    watch = n.NetCon(cell, None)
    watch.record(times, ids, k)
    connections.append(watch)
sec = n.Section("nothing")
n.finitialize(-65)
while n.t < 150:
    n.fadvance()
spikes = sorted(zip(times, ids))

report({"count": len(spikes), "times": [t for t, _ in spikes], "ids": [k for _, k in spikes]})
