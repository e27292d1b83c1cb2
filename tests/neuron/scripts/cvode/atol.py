"""Absolute tolerance: its default is NEURON's, and steps follow it."""

from models import clamped_soma
from neuron import h
from paired import captured, raises, report

soma, stimulus = clamped_soma()

import re

cvode = h.CVode()
cvode.active(True)


def steps():
    return int(re.search(r"(\d+) advance_tn", captured(cvode.statistics))[1])


found = {"default": cvode.atol(), "negative": raises(cvode.atol, -1)}
made = []
h.tstop = 10
for tolerance in (1e-2, 1e-4, 1e-6):
    cvode.atol(tolerance)
    h.run()
    made.append(steps())
found["ascending"] = made[0] < made[1] < made[2]
found["v"] = soma(0.5).v
# where the run ends depends on the last step
report(found, loose={"v": {"rtol": 1e-2}})
