"""Recordings every dt, at times, with labels; interpolated, resampled, in numpy, from steps of
several sizes; Vector.play of a waveform with interpolation."""

import numpy as np
from neuron import h
from paired import report

h.load_file("stdrun.hoc")
axon = h.Section("axon")
axon.L, axon.diam, axon.nseg = 1000, 2, 11
axon.insert("hh")
clamp = h.IClamp(axon(0))
clamp.dur = 1e9
wave_t = h.Vector(np.linspace(0, 20, 41))
wave = h.Vector(0.4 * np.sin(np.linspace(0, 20, 41)) ** 2)
wave.play(clamp._ref_amp, wave_t, True)
every = h.Vector().record(axon(0.5)._ref_v)
tvec = h.Vector().record(h._ref_t)
coarse = h.Vector().record(axon(0.5)._ref_v, 0.5)
coarse_t = h.Vector().record(h._ref_t, 0.5)
at = h.Vector([0, 1.25, 3.3, 7.77, 15])
some = h.Vector().record(axon(1)._ref_v, at)
amp = h.Vector().record(clamp._ref_amp, 1.0)
m = h.Vector().record(axon(0.5).hh._ref_m)
found = {}
for dt in (0.025, 0.05):
    h.dt = dt
    h.steps_per_ms = 1 / dt
    h.finitialize(-65)
    h.continuerun(20)
    grid = h.Vector(np.arange(0, 20, 0.7))
    found[str(dt)] = {
        "sizes": [len(x) for x in (every, tvec, coarse, coarse_t, some, amp, m)],
        "coarse": list(coarse),
        "coarse t": list(coarse_t),
        "some": list(some),
        "amp": list(amp),
        "interpolated": list(every.c().interpolate(grid, tvec)),
        "resampled": list(every.c().resample(every, 0.1))[:60],
        "derivative": list(every.c().deriv(dt))[::100],
        "numpy": [float(every.as_numpy().mean()), float(np.array(tvec)[-1]), every.to_python()[5]],
        "crossing": every.indwhere(">", 0),
        "m": [m.min(), m.max(), m.stdev()],
    }
report(found, rtol=1e-7)
