"""Nodes without area: a resistor to ground at the end of a cable, and a floating node's equation."""

from neuron import h
from paired import report

cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 300, 3, 5
cable.insert("pas")
branch = h.Section(name="branch")
branch.connect(cable(1))
branch.insert("pas")
places, where = h.SectionList([cable, branch]), h.Vector([0, 1])
# at ends: nA, microsiemens
c, g = h.Matrix(3, 3), h.Matrix(3, 3)
g.set(0.02, 0, 0, 0, 0.01, -0.01, 0, -0.01, 0.03)
c.setval(2, 2, 0.001)
y, b = h.Vector(3), h.Vector([0.1, 0, 0.2])
mechanism = h.LinearMechanism(c, g, y, b, places, where)
recorded = [h.Vector().record(s(x)._ref_v) for s in (cable, branch) for x in (0, 0.5, 1)]
h.finitialize(-65)
for _ in range(100):
    h.fadvance()
report({"v": recorded, "y": y})
