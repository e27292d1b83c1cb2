"""The dt and t that equations and BREAKPOINT see: those of the last step where it has ended."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/seedt.mod")
cell = h.Section(name="cell")
cell.insert("pas")
cell.insert("seedt")
clamp = h.IClamp(cell(0.5))
clamp.delay, clamp.dur, clamp.amp = 2, 1, 0.01
cvode = h.CVode()
found = {}


def seen():
    return [h.t, cell(0.5).d_seedt, cell(0.5).c_seedt, cell(0.5).s_seedt]


def run(name):
    h.finitialize(-65)
    shown = [seen()]
    for _ in range(4):
        h.fadvance()
        shown.append(seen())
    for t in (0.5, 1, 2, 2.5, 3):
        cvode.solve(t)
        shown.append(seen())
    cvode.solve()
    shown.append(seen())
    found[name] = shown


cvode.active(True)
cvode.atol(1e-5)
run("global")
cvode.use_local_dt(True)
run("local")
report(found, rtol=1e-6)
