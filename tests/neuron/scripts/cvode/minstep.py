"""A shortest step: 0 at first; where shorter ones are needed the run ends with an error."""

from neuron import h
from paired import raises, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

cvode = h.CVode()
cvode.active(True)
found = {"values": [cvode.minstep(), cvode.minstep(1), cvode.minstep()], "negative": raises(cvode.minstep, -1)}
h.finitialize(-65)
found["too long"] = raises(h.fadvance)
cvode.minstep(0)
h.finitialize(-65)
h.fadvance()
found["again"] = h.t > 0
report(found)
