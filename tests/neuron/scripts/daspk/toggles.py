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
    methods = [cvode.current_method(), cvode.use_daspk(), cvode.use_local_dt()]
    found.append([*methods, cvode.use_mxb()])


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
cvode.use_mxb(False)
state()
# the fixed step, too, solves all equations as one matrix as long as IDA is chosen
cvode.active(False)
state()
cvode.use_mxb(False)
state()
cvode.use_daspk(False)
state()
report({"found": found})
