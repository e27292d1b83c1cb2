"""Steady state along a passive cable, for several nseg and boundary positions."""

from neuron import n
from paired import report

cable = n.Section("cable")
cable.L, cable.diam, cable.Ra, cable.cm = 1000, 2, 100, 1
cable.insert(n.pas)
for seg in cable:
    seg.pas.g, seg.pas.e = 1 / 20000, -70
clamp = n.IClamp(cable(0))
clamp.delay, clamp.dur, clamp.amp = 0, 1e9, 0.05
n.dt = 0.5
found = {}
for nseg in (1, 3, 11, 40):
    cable.nseg = nseg
    n.finitialize(-70)
    for _ in range(800):
        n.fadvance()
    found[str(nseg)] = [cable(x).v for x in (0, 0.1, 0.25, 0.5, 0.75, 0.9, 1)]

report(found)
