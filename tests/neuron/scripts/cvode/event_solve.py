"""An event ends solve() at exactly its time, and solve(t) stops on the way."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
cvode.solve(3)
cvode.event(3.00001)
cvode.solve()
found = {"step": h.t}
report(found)
