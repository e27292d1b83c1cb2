"""The form with a callable, which changes b and g before each evaluation from the present y."""

from neuron import h
from paired import report

cell = h.Section(name="cell")
cell.L = cell.diam = 20
cell.insert("pas")
c, g = h.Matrix(2, 2), h.Matrix(2, 2)
c.setval(1, 1, 1)
g.set(0.0001, 0.001, 0, 0.5)
y, y0, b = h.Vector(2), h.Vector([0, 1]), h.Vector(2)
times = []


def change():
    times.append(h.t)
    b[1] = 0.1 * y[1] * (1 - y[1]) - 0.01 * (y[0] + 65)
    g.setval(1, 1, 0.5 + 0.1 * y[1])


mechanism = h.LinearMechanism(change, c, g, y, y0, b, 0.5, sec=cell)
v = h.Vector().record(cell(0.5)._ref_v)
found = []
h.finitialize(-65)
for _ in range(40):
    h.fadvance()
    found.append(list(y))
report({"v": v, "y": found, "times": times})
