"""Vectors that are played into one cell: steps at times, and continuously, at exact times."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
stepped, ramped, alone = (h.Section(name=name) for name in ("stepped", "ramped", "alone"))
clamps = []
for sec in (stepped, ramped, alone):
    sec.L = sec.diam = 20
    sec.insert("hh")
    clamp = h.IClamp(sec(0.5))
    clamp.delay, clamp.dur = 0, 1e9
    clamps.append(clamp)
values, times = h.Vector([0, 0.2, 0, 0.5, 0]), h.Vector([0, 1.5, 2.25, 6.125, 6.5])
values.play(clamps[0]._ref_amp, times)
ramp, knots = h.Vector([0, 0, 0.3, 0.3, 0]), h.Vector([0, 2, 4, 8, 8])
ramp.play(clamps[1]._ref_amp, knots, True)
t_stepped = h.Vector().record(h._ref_t, sec=stepped)
t_alone = h.Vector().record(h._ref_t, sec=alone)
at = h.Vector([k + 0.5 for k in range(12)])
vs = [h.Vector().record(sec(0.5)._ref_v, at) for sec in (stepped, ramped, alone)]
cvode = h.CVode()
cvode.atol(1e-7)
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(12)
found = {
    "v": [list(v) for v in vs],
    "onset": [1.5 in list(t_stepped), 1.5 in list(t_alone)],
    "amp": [clamps[0].amp, clamps[1].amp],
}
report(found, rtol=1e-5, atol=1e-5)
