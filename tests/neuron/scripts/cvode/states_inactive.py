"""Without the variable step, vectors of states are empty and there are no names."""

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
h.finitialize(-65)
found = {}
for name in ("states", "dstates", "error_weights", "acor"):
    vector = h.Vector(5)
    getattr(cvode, name)(vector)
    found[name] = len(vector)
vector = h.Vector(5)
cvode.state_magnitudes(vector, 0)
found["magnitudes"] = len(vector)
found["statename"] = raises(cvode.statename, 0, h.ref(""))
report(found)
