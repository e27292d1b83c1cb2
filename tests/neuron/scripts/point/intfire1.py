"""IntFire1: summation, decay, threshold and refractory period."""

from neuron import n
from paired import report

sec = n.Section("nothing")
cell = n.IntFire1()
defaults = [cell.tau, cell.refrac]
cell.tau, cell.refrac = 8, 4
into = n.NetCon(None, cell)
out, times = n.NetCon(cell, None), n.Vector()
out.record(times)
into.weight[0] = 0.45
n.finitialize(-65)
for k in range(12):
    into.event(1 + 1.7 * k)
states = []
while n.t < 30:
    n.fadvance()
    states.append([cell.M(), cell.m])

report({"defaults": defaults, "times": times, "states": states})
