"""Voltage clamp families and tail currents, with results in Vectors: SEClamp, deactivation of
channels by parameters, interpolation of IV curves."""

import numpy as np
from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section("soma")
soma.L = soma.diam = 30
soma.insert("hh")
clamp = h.SEClamp(soma(0.5))
clamp.rs = 0.001
clamp.dur1, clamp.dur2, clamp.dur3 = 5, 15, 5
clamp.amp1, clamp.amp3 = -80, -80
i = h.Vector().record(clamp._ref_i)
t = h.Vector().record(h._ref_t)
ina = h.Vector().record(soma(0.5)._ref_ina)
ik = h.Vector().record(soma(0.5)._ref_ik)
h.tstop = 25
iv = {"peak": [], "steady": [], "tail": []}
voltages = np.arange(-70, 61, 26)
for voltage in voltages:
    clamp.amp2 = voltage
    h.v_init = -80
    h.run()
    a, b = t.indwhere(">=", 5.2), t.indwhere(">=", 19.5)
    iv["peak"].append(ina.min(a, b))
    iv["steady"].append(ik[int(b)])
    iv["tail"].append(i.c(int(b) + 30, i.size() - 1).mean())
x = h.Vector(voltages)
y = h.Vector(iv["steady"])
found = dict(iv)
found["interpolated"] = list(y.c().interpolate(h.Vector([-50, 0, 33]), x))
found["charge"] = [i.sum() * h.dt, i.c().integral(h.dt)[int(i.size() - 1)]]
found["conductance"] = list(y.c().div(x.c().sub(-77)))
soma.gkbar_hh = 0
h.run()
found["without k"] = [ik.min(), ik.max(), ina.min()]
report(found, rtol=1e-6)
