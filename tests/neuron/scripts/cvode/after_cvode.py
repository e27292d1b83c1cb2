"""SOLVE ... METHOD after_cvode: once in each step, in order."""

from models import clamped_soma
from neuron import h
from paired import mechanisms, report, captured

import re

mechanisms("cvode/stepcount.mod")

soma, stimulus = clamped_soma()

soma.insert("stepcount")
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
times = []
for _ in range(40):
    h.fadvance()
    times.append(soma(0.5).last_stepcount)
steps = int(re.search(r"(\d+) advance_tn", captured(cvode.statistics))[1])
found = {
    "once in a step": soma(0.5).calls_stepcount == steps,
    "ascending": times == sorted(times),
    "top": soma(0.5).top_stepcount,
}
report(found, rtol=1e-3)
