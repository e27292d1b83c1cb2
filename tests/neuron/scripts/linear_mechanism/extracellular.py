"""Equations that refer to the inside and to a layer outside of a node, and to a layer that is not."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
cells = [h.Section(name=f"cell{i}") for i in range(2)]
for cell in cells:
    cell.L, cell.diam, cell.nseg = 200, 4, 3
    cell.insert("pas")
cells[0].insert("extracellular")
for x in cells[0]:
    x.xraxial[0], x.xg[0], x.xc[0] = 50, 0.001, 0.1
clamp = h.IClamp(cells[0](0.5))
clamp.delay, clamp.dur, clamp.amp = 0.2, 5, 0.3
# a resistor from the layer of one cell to the inside of the other and to a layer that is ground
places = h.SectionList([cells[0], cells[1], cells[1]])
where, layers = h.Vector([0.5, 0.5, 0.5]), h.Vector([1, 0, 1])
c, g = h.Matrix(3, 3), h.Matrix(3, 3)
g.set(0.002, -0.001, -0.001, -0.001, 0.001, 0, 0, 0, 1)
y, b = h.Vector(3), h.Vector(3)
mechanism = h.LinearMechanism(c, g, y, b, places, where, layers)
recorded = [h.Vector().record(cell(x)._ref_v) for cell in cells for x in (0.1, 0.5)]
recorded.append(h.Vector().record(cells[0](0.5)._ref_vext[0]))
ys = []
h.finitialize(-70)
for _ in range(100):
    h.fadvance()
    ys.append(list(y))
report({"v": recorded, "y": ys}, atol=1e-10)
