"""Currents that depend on what DERIVATIVE and KINETIC assign, and derivatives without states in them."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/instant.mod", "cvode/turnover.mod", "cvode/ramp.mod")
cvode = h.CVode()


def cell(mechanism):
    made = h.Section(name=mechanism or "cell")
    made.L = made.diam = 20
    made.insert("pas")
    made.e_pas = -65
    if mechanism:
        made.insert(mechanism)
    return made


channel, pump, target = cell("instant"), cell("turnover"), cell(None)
clamp = h.IClamp(channel(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 2, 0.1
ramp = h.Ramp(target(0.5))
stim = h.NetStim()
stim.start, stim.interval, stim.number = 1, 2, 2
con = h.NetCon(stim, ramp, 0, 0.5, 0.01)
found = {}


def run(name):
    h.finitialize(-65)
    shown = []
    for t in (0.9, 1.7, 3.2, 4.6, 8):
        cvode.solve(t)
        shown.append([channel(0.5).v, channel(0.5).g_instant, channel(0.5).ina])
        shown.append([pump(0.5).v, pump(0.5).net_turnover, pump(0.5).i_turnover])
        shown.append([target(0.5).v, ramp.g, ramp.i])
    found[name] = shown


cvode.active(True)
cvode.atol(1e-9)
run("global")
cvode.use_local_dt(True)
run("local")
cvode.use_local_dt(False)
cvode.use_daspk(True)
cvode.atol(1e-4)  # the rates at the beginning are those of steps of 1e-9 ms: not better than 1e-7
run("ida")
# The currents of NEURON are computed with what the block assigned in the evaluation before, so its
# results are off by much more than the tolerance.
report(found, rtol=5e-3, atol=2e-6, loose={"ida": {"rtol": 6e-2, "atol": 1e-5}})
