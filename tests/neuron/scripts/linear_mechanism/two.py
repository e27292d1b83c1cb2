"""Two mechanisms at one node, and a matrix that gets another element while the run goes on."""

from neuron import h
from paired import report

cell = h.Section(name="cell")
cell.L = cell.diam = 30
cell.insert("pas")
made = []
for i in range(2):
    c, g = h.Matrix(2, 2), h.Matrix(2, 2)
    c.setval(1, 1, 1 + i)
    g.set(0.0002, -0.0001 * (i + 1), -0.5, 1)
    y, b = h.Vector(2), h.Vector([0, 1 - i])
    made.append((h.LinearMechanism(c, g, y, b, 0.5, sec=cell), c, g, y, b))
h.finitialize(-65)
found = []
for step in range(60):
    h.fadvance()
    found.append([cell(0.5).v, *made[0][3], *made[1][3]])
    if step == 30:
        made[1][2].setval(0, 1, -0.001)
report({"found": found})
