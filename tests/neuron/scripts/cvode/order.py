"""The order of the last step, and what it is said to be before there was one."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
begun = [cvode.order()]
cvode.active(True)
begun.append(cvode.order())
h.finitialize(-65)
begun.append(cvode.order())
orders = []
for _ in range(25):
    h.fadvance()
    orders.append(cvode.order())
cvode.re_init()
begun.append(cvode.order())
cvode.use_daspk(True)
h.finitialize(-65)
h.fadvance()
cvode.solve(2)
cvode.re_init()
begun.append(cvode.order())
report({"orders": orders, "begun": begun})
