"""Cells without capacitance or mechanisms among others."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
bare, soma, passive = h.Section(name="bare"), h.Section(name="soma"), h.Section(name="passive")
for sec in (bare, soma, passive):
    sec.L = sec.diam = 20
soma.insert("hh")
passive.insert("pas")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 1, 0.3
other = h.IClamp(bare(0.5))
other.delay, other.dur, other.amp = 2, 1, 0.01
cvode = h.CVode()
cvode.atol(1e-7)
h.usetable_hh = 0
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(5)
found = {"v": [sec(0.5).v for sec in (bare, soma, passive)], "t": h.t}
states = h.Vector()
cvode.states(states)
found["states"] = len(states)
report(found, rtol=1e-5, atol=1e-5)
