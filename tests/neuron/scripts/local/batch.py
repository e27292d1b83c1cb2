"""Runs one after the other, and on: the same numbers, cells at one time at the end of each."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells = []
for k in range(2):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 15 + 5 * k
    soma.insert("hh")
    cells.append(soma)
clamp = h.IClamp(cells[0](0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 2, 0.3
cvode = h.CVode()
cvode.atol(1e-7)
h.cvode_local(1)
h.tstop = 6
h.run()
first = [h.t, [soma(0.5).v for soma in cells]]
h.run()
found = {
    "run": first,
    "again": [h.t, [soma(0.5).v for soma in cells]] == first,
}
h.continuerun(8)
found["on"] = [h.t, [soma(0.5).v for soma in cells]]
report(found, rtol=1e-5, atol=1e-5)
