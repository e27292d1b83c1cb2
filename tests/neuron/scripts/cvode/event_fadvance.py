"""An event ends fadvance at exactly its time."""

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
cvode.event(0.0123)
cvode.event(2.7182818)
times = []
while h.t < 4:
    h.fadvance()
    times.append(h.t)
found = {"there": [0.0123 in times, 2.7182818 in times]}
report(found)
