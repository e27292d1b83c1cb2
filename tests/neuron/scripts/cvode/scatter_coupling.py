"""What is computed after each scatter takes part in the equations: a coupling of two cells."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
cells = [h.Section(name=f"cell{i}") for i in range(2)]
clamps = []
for cell in cells:
    cell.L = cell.diam = 20
    cell.insert("pas")
    cell.e_pas = -65
    clamp = h.IClamp(cell(0.5))
    clamp.dur = 1e9
    clamps.append(clamp)


def couple():
    current = 0.002 * (cells[1](0.5).v - cells[0](0.5).v)
    clamps[0].amp, clamps[1].amp = current, -current


cvode = h.CVode()
cvode.extra_scatter_gather(0, couple)
cvode.active(True)
cvode.atol(1e-8)
h.finitialize(-65)
cells[0](0.5).v = -45
cvode.re_init()
cvode.solve(1)
found = {"first": [cell(0.5).v for cell in cells]}
cvode.solve(3)
found["second"] = [cell(0.5).v for cell in cells]
cvode.extra_scatter_gather_remove(couple)
# The difference decays faster than the sum, by two conductances to the other cell.
from math import exp, pi

area = pi * 20 * 20 * 1e-8
difference = 20 * exp(-3 * (1 + 2 * 0.002e-6 / (0.001 * area)))
common = 20 * exp(-3)
found["exact"] = [abs(found["second"][0] - (-65 + (common + difference) / 2)) < 1e-5]
report(found, rtol=1e-7)
