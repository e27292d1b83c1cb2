"""SOLVE ... METHOD after_cvode: once in each step, in order."""

from neuron import h
from paired import mechanisms, report, captured

import re

mechanisms("cvode/stepcount.mod")

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

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
