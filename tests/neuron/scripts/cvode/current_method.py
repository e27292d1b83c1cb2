"""The number of the method, by what there is and is switched on."""

from neuron import h
from paired import report

cvode = h.CVode()
found = {"empty": cvode.current_method()}
soma = h.Section(name="soma")
h.finitialize(-65)
found["section"] = cvode.current_method()
for order in (1, 2, 0):
    h.secondorder = order
    found[f"secondorder {order}"] = cvode.current_method()
cvode.active(True)
found["cvode"] = cvode.current_method()
cvode.active(False)
found["fixed"] = cvode.current_method()
report(found)
