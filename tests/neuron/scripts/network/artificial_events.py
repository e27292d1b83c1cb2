"""NetCon.event to artificial cells, in simulated time between steps, with weights changed."""

from neuron import n
from paired import report

sec = n.Section("nothing")
cell = n.IntFire1()
cell.tau, cell.refrac = 5, 1.1
into, out, times = n.NetCon(None, cell), n.NetCon(cell, None), n.Vector()
out.record(times)
n.finitialize(-65)
states = []
for k in range(30):
    into.weight[0] = 0.2 + 0.05 * (k % 5)
    into.event(n.t + 0.3)
    while n.t < k + 1:
        n.fadvance()
    states.append(cell.M())

report({"times": times, "states": states})
