"""A BREAKPOINT without SOLVE that integrates over dt: called once for each step, with the last one's dt."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/selfstep.mod", "cal.mod")
cell = h.Section(name="cell")
cell.L = cell.diam = 20
for name in ("pas", "selfstep", "cal"):
    cell.insert(name)
cell.e_pas = -65
clamp = h.IClamp(cell(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 4, 0.4
cvode = h.CVode()
found = {}


def run(name):
    h.finitialize(-65)
    shown = []
    for t in (0.8, 2, 4, 6, 9):
        cvode.solve(t)
        shown.append([cell(0.5).v, cell(0.5).cai, cell(0.5).pool_selfstep, cell(0.5).calls_selfstep])
    found[name] = shown


cvode.active(True)
cvode.atol(1e-5)
run("global")
cvode.use_local_dt(True)
run("local")
# Each call moves cai by a jump, so which steps pass the error test depends on the last digits, and with the
# steps the forward sum and their number.
report(found, rtol=0.2)
