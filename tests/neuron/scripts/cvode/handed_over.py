"""A concentration that BREAKPOINT assigns by way of a PROCEDURE, and a Jacobian that is no number at 0."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/shellcopy.mod", "cvode/uptake.mod", "cal.mod")
cvode = h.CVode()
cell = h.Section(name="cell")
cell.L = cell.diam = 20
for name in ("pas", "shellcopy", "cal"):
    cell.insert(name)
cell.e_pas = -65
clamp = h.IClamp(cell(0.5))
clamp.delay, clamp.dur, clamp.amp = 2, 5, 0.4
uptake = h.Uptake(cell(0.5))
stim = h.NetStim()
stim.start, stim.interval, stim.number = 3, 4, 2
con = h.NetCon(stim, uptake, 0, 0.5, 1.5)
found = {}


def run(name):
    h.finitialize(-65)
    shown = [[cell(0.5).cai, cell(0.5).eca]]
    for t in (1, 3, 4, 6, 9, 14):
        cvode.solve(t)
        shown.append([cell(0.5).v, cell(0.5).cai, cell(0.5).eca, cell(0.5).shell_shellcopy, uptake.x])
    found[name] = shown


cvode.active(True)
cvode.atol(1e-8)
run("global")
cvode.use_local_dt(True)
run("local")
cvode.use_local_dt(False)
cvode.use_daspk(True)
cvode.atol(1e-5)
run("ida")
report(found, rtol=1e-7, atol=2e-8, loose={"ida": {"rtol": 1e-5, "atol": 1e-7}})
