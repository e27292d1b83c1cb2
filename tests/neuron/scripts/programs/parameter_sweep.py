"""Sweeps over conductances with Vectors and numpy: f-I curve, input resistance, time constant."""

import numpy as np
from neuron import h, n
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = np.sqrt(500 / np.pi)
soma.insert("hh")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur = np.float64(5), 60
counter = h.APCount(soma(0.5))
h.tstop = 70
h.v_init = -65
fi = []
for amp in np.linspace(0.0, 0.12, 5):
    clamp.amp = amp
    h.run()
    fi.append([float(amp), counter.n, counter.time])
found = {"fi": fi}
for seg in soma:
    seg.hh.gnabar = seg.hh.gkbar = 0
clamp.amp = -0.001
v = h.Vector().record(soma(0.5)._ref_v)
t = h.Vector().record(h._ref_t)
rin = {}
for gl in (1e-4, 3e-4, 1e-3):
    soma.gl_hh = gl
    h.run()
    trace, time = np.array(v), np.array(t)
    rest = trace[(time > 4) & (time < 5)].mean()
    plateau = trace[(time > 60) & (time < 65)].mean()
    tau = time[np.argmax(trace < rest + (1 - np.exp(-1)) * (plateau - rest))] - 5
    rin[str(gl)] = [rest, plateau, (plateau - rest) / -0.001, tau]
found["rin"] = rin
table = h.Vector(5).indgen(0.5, 2.5, 0.5)
found["areas"] = []
for factor in table:
    soma.L = soma.diam = 10 * factor
    found["areas"].append([soma(0.5).area(), soma(0.5).volume(), n.area(0.5, sec=soma)])
report(found, rtol=1e-7)
