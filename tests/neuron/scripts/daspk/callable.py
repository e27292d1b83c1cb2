"""A LinearMechanism whose callable changes b with y, with IDA."""

from neuron import h
from paired import report

cell = h.Section(name="cell")
cell.L = cell.diam = 20
cell.insert("pas")
c, g = h.Matrix(2, 2), h.Matrix(2, 2)
c.setval(1, 1, 1)
g.set(0.0001, 0.001, 0, 0.5)
y, y0, b = h.Vector(2), h.Vector([0, 1]), h.Vector(2)


def change():
    b[1] = 0.1 * y[1] * (1 - y[1])


mechanism = h.LinearMechanism(change, c, g, y, y0, b, 0.5, sec=cell)
cvode = h.CVode()
cvode.atol(1e-6)
cvode.active(True)
cvode.use_daspk(True)
h.finitialize(-65)
values = []
for stop in (0.5, 1, 3):
    cvode.solve(stop)
    values.append([cell(0.5).v, *y])
report({"values": values}, rtol=0, atol=1e-4)
