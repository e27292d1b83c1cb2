"""IntFire2: a current that decays, a bias, and the time of its spikes."""

from neuron import n
from paired import report

sec = n.Section("nothing")
cells = [n.IntFire2() for _ in range(3)]
defaults = [cells[0].taum, cells[0].taus, cells[0].ib]
for cell, taum, taus, ib in zip(cells, (10, 5, 10), (20, 30, 12), (0, 0.5, 1.2)):
    cell.taum, cell.taus, cell.ib = taum, taus, ib
inputs = [n.NetCon(None, cell) for cell in cells]
for into in inputs:
    into.weight[0] = 0.7
watches, vectors = [], []
for cell in cells:
    watch, times = n.NetCon(cell, None), n.Vector()
    watch.record(times)
    watches.append(watch), vectors.append(times)
n.finitialize(-65)
for into in inputs:
    for time in (2, 3.3, 4.1, 15, 15.5, 16, 17):
        into.event(time)
states = []
while n.t < 40:
    n.fadvance()
    states.append([cell.i for cell in cells])

report({"defaults": defaults, "times": [list(v) for v in vectors], "i": states})
