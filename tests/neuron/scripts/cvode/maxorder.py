"""The order of the method is limited, and 12 for Adams' method."""

from models import clamped_soma
from neuron import h
from paired import captured, raises, report

soma, stimulus = clamped_soma()

import re

cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-5)
found = {"default": cvode.maxorder(), "outside": [raises(cvode.maxorder, x) for x in (-1, 13)]}


def highest():
    h.finitialize(-65)
    orders = set()
    while h.t < 8:
        h.fadvance()
        orders.add(int(cvode.order()))
    return max(orders), soma(0.5).v


for order in (1, 2, 3):
    found[f"set {order}"] = cvode.maxorder(order)
    found[f"highest {order}"] = highest()[0]
found["0"] = cvode.maxorder(0)
# NEURON's limit is 5 whatever the method is
try:
    found["12"] = cvode.maxorder(12)
except RuntimeError:
    found["12"] = None
cvode.maxorder(5)
found["v"] = highest()[1]
report(found, expect={"12": 12}, loose={"v": {"rtol": 1e-2}})
