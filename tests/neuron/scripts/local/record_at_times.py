"""Recordings at times of their own interpolate the cell that they are of."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, clamps, vectors = [], [], []
cvode = h.CVode()
cvode.atol(1e-8)
times = h.Vector([0, 0.123, 1, 1.0001, 2.5, 2.5001, 7.77, 9])
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 12 + 3 * k
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 2, 0.3 + 0.1 * k
    cells.append(soma), clamps.append(clamp)
    vectors.append(h.Vector().record(soma(0.5)._ref_v, times))
regular = h.Vector().record(cells[1](0.5)._ref_v, 0.7)
ys = [h.Vector() for _ in cells]
for soma, y in zip(cells, ys):
    cvode.record(soma(0.5)._ref_v, y, times, 1, sec=soma)
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(10)
found = {
    "at times": [list(v) for v in vectors],
    "regular": regular.c(),
    "cvode.record": [list(y) for y in ys],
}
report(found, rtol=2e-6, atol=1e-6)
