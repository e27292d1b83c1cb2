"""A conductance between two cells: two nodes, no equation of its own."""

from neuron import h
from paired import report

cells = [h.Section(name=f"cell{i}") for i in range(2)]
for cell in cells:
    cell.L, cell.diam, cell.nseg = 100, 10, 3
    cell.insert("pas")
clamp = h.IClamp(cells[0](0.1))
clamp.delay, clamp.dur, clamp.amp = 0.5, 3, 0.3
places = h.SectionList(cells)
where = h.Vector([0.5, 0.9])
areas = [cells[0](0.5).area(), cells[1](0.9).area()]
nanosiemens = 50
c, g = h.Matrix(2, 2, 2), h.Matrix(2, 2)
for i in range(2):
    for j in range(2):
        g.setval(i, j, (1 if i == j else -1) * nanosiemens * 1e-1 / areas[i])
y, b = h.Vector(2), h.Vector(2)
mechanism = h.LinearMechanism(c, g, y, b, places, where)
recorded = [h.Vector().record(cell(x)._ref_v) for cell in cells for x in (0.1, 0.5, 0.9)]
ys = []
h.finitialize(-65)
for _ in range(120):
    h.fadvance()
    ys.append(list(y))
report({"v": recorded, "y": ys})
