"""continuerun in pieces gives what one run gives; events of the user in between."""

from neuron import n
from paired import report

n.load_file("stdrun.hoc")
sec = n.Section("soma")
sec.L = sec.diam = 15
sec.insert("hh")
clamp = n.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 10, 0.3
v = n.Vector().record(sec(0.5)._ref_v)
n.finitialize(-65)
n.continuerun(10)
whole = list(v)
n.finitialize(-65)
times = []
for k in range(1, 11):
    n.continuerun(k)
    times.append(n.t)
pieces = list(v)
n.finitialize(-65)
n.continuerun(5)
clamp.amp = -0.2
n.continuerun(10)

report({"whole": whole, "same": whole == pieces, "times": times, "changed": v})
