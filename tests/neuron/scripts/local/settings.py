"""stiff, maxorder, maxstep, rtol and atolscale with a step for each cell."""

import re

from neuron import h
from paired import captured, report

h.usetable_hh = 0
cells, clamps = [], []
for k in range(2):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 15 + 5 * k
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 1, 0.4
    cells.append(soma), clamps.append(clamp)
cvode = h.CVode()
cvode.active(True)
cvode.use_local_dt(True)
found = {}


def run(name, tend=8):
    h.finitialize(-65)
    cvode.solve(tend)
    found[name] = [soma(0.5).v for soma in cells]


cvode.atol(1e-8)
run("tight")
cvode.rtol(1e-7)
run("relative")
cvode.rtol(0)
cvode.stiff(0)
run("adams")
cvode.stiff(2)
cvode.maxorder(2)
cvode.atol(1e-7)
run("second order")
found["orders"] = [cvode.order(k) <= 2 for k in (0, 1)]
cvode.maxorder(5)
cvode.maxstep(0.05)
run("short steps")
text = captured(cvode.statistics)
found["steps"] = [int(n) >= 8 / 0.05 for n in re.findall(r"(\d+) advance_tn", text)]
cvode.maxstep(1e9)
cvode.jacobian(1)
run("dense")
cvode.jacobian(0)
cvode.atolscale("v", 0.01)
cvode.atolscale("m_hh", 0.01)
run("scaled")
report(found, rtol=5e-5, atol=1e-5)
