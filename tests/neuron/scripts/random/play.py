"""Random.play into variables, references and elements of Vectors."""

from neuron import h
from paired import raises, report

cell = h.Section("cell")
clamp = h.IClamp(cell(0.5))
clamp.dur = 1e9
first, second = h.Random(), h.Random()
first.Random123(9, 9, 9)
first.uniform(0, 1)
second.Random123(1, 2, 3)
second.normal(0, 0.01)
number, vector = h.ref(3), h.Vector([1, 2, 3])
found = {"returned": first.play(clamp._ref_amp)}
second.play(number)
first.play(vector._ref_x[1])
found["before"] = [clamp.amp, number[0], list(vector), first.seq()]
h.finitialize(-65)
found["initialized"] = [clamp.amp, number[0], list(vector), first.seq(), second.seq()]
v = h.Vector().record(cell(0.5)._ref_v)
amp = h.Vector().record(clamp._ref_amp)
drawn = h.Vector().record(number)
h.finitialize(-65)
for _ in range(40):
    h.fadvance()
found["run"] = [list(v), list(amp), list(drawn), list(vector), first.seq()]
# the distribution that was used last
first.poisson(3)
h.fadvance()
found["poisson"] = [clamp.amp, list(vector)]
del first
h.fadvance()
found["gone"] = [clamp.amp, list(vector)]
found["no reference"] = raises(second.play, 3)

report(found)
