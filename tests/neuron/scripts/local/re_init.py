"""re_init after states and parameters were changed by hand, at one time for all cells."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells = []
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 10 + 5 * k
    soma.insert("hh")
    cells.append(soma)
cvode = h.CVode()
cvode.atol(1e-8)
h.cvode_local(1)
h.finitialize(-65)
cvode.solve(2)
cells[1](0.5).v = -40
cells[2](0.5).hh.gnabar = 0.2
cvode.re_init()
found = {"at once": [h.t, [soma(0.5).v for soma in cells]]}
cvode.solve(3.5)
found["later"] = [h.t, [soma(0.5).v for soma in cells]]
cvode.solve(9)
found["last"] = [h.t, [soma(0.5).v for soma in cells]]
report(found, rtol=2e-6, atol=1e-6)
