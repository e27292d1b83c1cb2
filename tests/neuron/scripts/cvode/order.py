"""The order of the last step, and what it is said to be before there was one."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

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
