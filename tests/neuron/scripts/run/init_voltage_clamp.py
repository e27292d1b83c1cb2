"""A protocol as people write it: steps of a clamp in a loop, peaks by Vector methods."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
sec = h.Section(name="patch")
sec.L = sec.diam = 5
sec.insert("hh")
clamp = h.SEClamp(sec(0.5))
clamp.rs = 0.01
clamp.dur1, clamp.dur2, clamp.dur3 = 1, 5, 2
clamp.amp1 = clamp.amp3 = -70
ina = h.Vector().record(sec(0.5)._ref_ina)
ik = h.Vector().record(sec(0.5)._ref_ik)
t = h.Vector().record(h._ref_t)
h.tstop, h.v_init = 8, -70
curve = []
for amp in range(-80, 61, 20):
    clamp.amp2 = amp
    h.run()
    peak = ina.min_ind()
    curve.append([amp, ina.min(), t[peak], ik.max(), ik[ik.size() // 2], ina.sum(40, 200)])

report({"curve": curve})
