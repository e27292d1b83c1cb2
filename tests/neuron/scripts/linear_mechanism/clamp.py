"""A voltage clamp with an amplifier: a node and equations of its own, some without capacitance."""

from neuron import h
from paired import report

soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
# y: v of the soma, v of the electrode, current into the electrode (algebraic)
rs, gain_time = 2.0, 0.01
area = soma(0.5).area()
c, g = h.Matrix(3, 3), h.Matrix(3, 3)
c.setval(1, 1, gain_time)
# current into the soma, in mA/cm2 of its area
scale = 100 / area
g.setval(0, 2, -scale)
# the electrode follows the command
g.setval(1, 1, 1)
# (v electrode - v soma) / rs = current
g.set(0, 0, -scale, 0, 1, 0, 1 / rs, -1 / rs, 1)
y, y0, b = h.Vector(3), h.Vector([0, -65, 0]), h.Vector([0, -65, 0])
mechanism = h.LinearMechanism(c, g, y, y0, b, 0.5, sec=soma)
v = h.Vector().record(soma(0.5)._ref_v)
found = []
h.finitialize(-65)
for step in range(200):
    b[1] = -20 if step >= 40 else -65
    h.fadvance()
    found.append(list(y))
# hh: its currents are not linear in v
report({"v": v, "y": found}, rtol=1e-5, atol=1e-5)
