"""Methods and limits of the integrator: all give the same solution."""

import re

from models import clamped_soma
from neuron import h
from paired import captured, report

soma, stimulus = clamped_soma()
h.cvode_active(True)
cvode = h.CVode()
v = h.Vector().record(soma(0.5)._ref_v, 0.25)
h.tstop = 8


def steps():
    return int(re.search(r"(\d+) advance_tn", captured(cvode.statistics))[1])


def run():
    h.run()
    return v.c()


cvode.atol(1e-7)
found = {"tight": run()}
for name, setting, value, before in [
    ("stiff 1", cvode.stiff, 1, 2),
    ("dense", cvode.jacobian, 1, 0),
    ("maxorder 2", cvode.maxorder, 2, 5),
]:
    setting(value)
    found[name] = run()
    setting(before)
cvode.atol(0)
cvode.rtol(1e-8)
found["relative"] = run()
cvode.rtol(0)
cvode.atol(1e-3)
cvode.maxstep(0.01)
run()
found["short steps"] = steps() >= 800
cvode.maxstep(1e9)
run()
found["long steps"] = steps() < 300
report(found, rtol=1e-5, atol=2e-4)
