"""order(i) and statistics(i) are those of one cell; a quiet cell makes fewer steps."""

import re

from neuron import h
from paired import captured, report

busy, quiet = h.Section(name="busy"), h.Section(name="quiet")
for sec in (busy, quiet):
    sec.L = sec.diam = 20
    sec.insert("hh")
clamp = h.IClamp(busy(0.5))
clamp.dur, clamp.amp = 100, 0.3
cvode = h.CVode()
cvode.active(True)
cvode.use_local_dt(True)
h.finitialize(-65)
cvode.solve(30)
text = [captured(cvode.statistics, i) for i in (0, 1, -1)]
steps = [[int(n) for n in re.findall(r"(\d+) advance_tn", each)] for each in text]
states = [[int(n) for n in re.findall(r"(\d+) CVode states", each)] for each in text]
found = {
    "states": states,
    "cells": [len(each) for each in steps],
    "the same": steps[2] == steps[0] + steps[1],
    "fewer": steps[1][0] < steps[0][0] / 3,
    "roots": ["busy" in text[0], "quiet" in text[0], "quiet" in text[1]],
    "orders": [1 <= cvode.order(i) <= 5 for i in (0, 1)],
}
report(found)
