"""Equations of their own without any section: a capacitor that is charged, fixed step."""

from neuron import h
from paired import report

c, g = h.Matrix(2, 2), h.Matrix(2, 2)
c.setval(0, 0, 2)
g.set(1, -1, -1, 3)
y, y0, b = h.Vector(2), h.Vector([1, 0.5]), h.Vector([0, 4])
section = h.Section(name="section")
section.insert("pas")
mechanism = h.LinearMechanism(c, g, y, y0, b)
h.finitialize(-65)
found = [list(y)]
for _ in range(50):
    h.fadvance()
    found.append(list(y))
b[1] = -4
for _ in range(10):
    h.fadvance()
    found.append(list(y))
report({
    "y": found,
    "v": section(0.5).v,
    "valid": mechanism.valid(),
    "method": h.CVode().current_method(),
})
