"""use_local_dt: what it returns, and the same solution with a step for each cell."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
cells = [h.Section(name=f"cell{i}") for i in range(2)]
for i, cell in enumerate(cells):
    cell.L = cell.diam = 20
    cell.insert("pas")
    cell.e_pas = -65 - 5 * i
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-7)
found = {"default": cvode.use_local_dt()}
for on in (False, True):
    found[f"set {on}"] = [cvode.use_local_dt(on), cvode.use_local_dt(), cvode.current_method()]
    h.finitialize(-40)
    cvode.solve(3)
    found[f"v {on}"] = [cell(0.5).v for cell in cells]
cvode.use_local_dt(False)
report(found, rtol=1e-6)
