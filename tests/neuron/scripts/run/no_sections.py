"""Artificial cells alone, without any section: events, times and states."""

from neuron import n
from paired import report

stim, cell = n.NetStim(), n.IntFire1()
stim.start, stim.interval, stim.number = 1, 2.3, 8
into, out, times = n.NetCon(stim, cell), n.NetCon(cell, None), n.Vector()
into.weight[0], into.delay = 0.6, 0.5
out.record(times)
m = []
n.finitialize(-65)
while n.t < 25:
    n.fadvance()
    m.append([n.t, cell.m])

report({"times": times, "m": m, "sections": len(list(n.allsec()))})
