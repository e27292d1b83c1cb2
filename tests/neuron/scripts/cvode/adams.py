"""Adams' method goes beyond order 5 where it pays. (NEURON's stiff(0) is another method.)"""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-10)
cvode.stiff(0)
h.finitialize(-40)
orders = []
while h.t < 3:
    h.fadvance()
    orders.append(int(cvode.order()))
highest = max(orders)
from math import exp

found = {"beyond 5": highest > 5, "within 12": highest <= 12, "v": soma(0.5).v - (-65 + 25 * exp(-h.t))}
cvode.stiff(2)
report(found, atol=1e-6, expect={"beyond 5": True, "v": 0.0})
