"""A LinearMechanism with IDA: a circuit on a node, with an algebraic equation of its own."""

from neuron import h
from paired import report

cell = h.Section(name="cell")
cell.L = cell.diam = 20
cell.insert("pas")
c, g = h.Matrix(3, 3), h.Matrix(3, 3)
c.setval(1, 1, 0.5)
g.set(0.0002, 0, -0.001, 0, 1, 0.2, -1, 0.5, 2)
y, y0, b = h.Vector(3), h.Vector([0, 2, 0]), h.Vector([0, 1, 0.3])
mechanism = h.LinearMechanism(c, g, y, y0, b, 0.5, sec=cell)
cvode = h.CVode()
cvode.atol(1e-7)
cvode.active(True)
cvode.use_daspk(True)
h.finitialize(-65)
times, values = [], []
for stop in (0.5, 1, 2, 4):
    cvode.solve(stop)
    times.append(h.t)
    values.append([cell(0.5).v, *y])
report({"t": times, "values": values, "method": cvode.current_method()}, rtol=0, atol=2e-4)
