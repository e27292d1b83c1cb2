"""use_daspk and use_local_dt exclude each other, and current_method follows."""

from neuron import h
from paired import report

cells = [h.Section(name=f"cell{i}") for i in range(2)]
for cell in cells:
    cell.insert("pas")
cvode = h.CVode()
cvode.active(True)
found = []


def state():
    h.finitialize(-65)
    found.append([cvode.current_method(), cvode.use_daspk(), cvode.use_local_dt()])


state()
cvode.use_daspk(True)
state()
cvode.use_daspk(False)
state()
cvode.use_local_dt(True)
state()
cvode.use_local_dt(False)
state()
cvode.use_daspk(True)
state()
cvode.active(False)
found.append(cvode.current_method() // 100)
report({"found": found})
