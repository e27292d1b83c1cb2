"""What statistics prints of steps, evaluations, solutions and beginnings."""

from models import clamped_soma
from neuron import h
from paired import captured, report

soma, stimulus = clamped_soma()

import re

cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-4)
h.finitialize(-65)
zero = [int(n) for n in re.findall(r"\d+", captured(cvode.statistics).split("statistics", 1)[1])[:7]]
for _ in range(10):
    h.fadvance()
text = captured(cvode.statistics).split("statistics", 1)[1]
ten = [int(n) for n in re.findall(r"\d+", text)[:8]]
cvode.re_init()
again = [int(n) for n in re.findall(r"\d+", captured(cvode.statistics).split("statistics", 1)[1])[:7]]
of_cell = captured(cvode.statistics, 0).split("statistics", 1)[1].splitlines()[0]
# steps after a re_init count from 0 in both
report({"begin": zero, "ten": ten, "again": again[:2], "of cell": of_cell})
