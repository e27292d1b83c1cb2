"""CVode methods that the fixed step needs: active, statistics, cache, fast_imem."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
sec = h.Section(name="soma")
sec.L = sec.diam = 15
sec.nseg = 3
sec.insert("hh")
cvode = h.CVode()
found = {"active": [cvode.active(), h.cvode_active(), cvode.active(0), cvode.current_method()]}
h.secondorder = 1
h.finitialize(-65)
found["order 1"] = cvode.current_method()
h.secondorder = 0
cvode.use_fast_imem(1)
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 0, 1, 0.2
h.finitialize(-65)
trace = []
for _ in range(20):
    h.fadvance()
    trace.append([seg.i_membrane_ for seg in sec])
found["imem"] = trace

report(found)
