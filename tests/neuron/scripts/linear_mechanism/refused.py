"""secondorder is refused; a mechanism that is gone leaves the model as it was."""

from neuron import h
from paired import raises, report

cell = h.Section(name="cell")
cell.insert("pas")
c, g = h.Matrix(1, 1), h.Matrix(1, 1)
g.setval(0, 0, 0.01)
y, b = h.Vector(1), h.Vector(1)
method = [h.CVode().current_method()]
mechanism = h.LinearMechanism(c, g, y, b, 0.5, sec=cell)
method.append(h.CVode().current_method())
h.secondorder = 2
refused = raises(h.finitialize, -65)
h.secondorder = 0
h.finitialize(-65)
for _ in range(5):
    h.fadvance()
with_it = cell(0.5).v
valid = mechanism.valid()
mechanism = None
h.finitialize(-65)
for _ in range(5):
    h.fadvance()
report({"refused": refused, "method": method, "v": [with_it, cell(0.5).v], "valid": valid})
