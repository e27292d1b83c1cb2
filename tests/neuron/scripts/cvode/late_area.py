"""Variable steps are switched on while a scheme divides by 0: INITIAL is not to see what that gives."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/latearea.mod")
sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.insert("pas")
sec.insert("latearea")
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
found = {"initialized": [sec(0.5).xi, sec(0.5).latearea.bound]}
sec(0.5).xi = 2
cvode.re_init()
trace = []
for k in range(10):
    cvode.solve(k + 1)
    trace.append((sec(0.5).v, sec(0.5).xi, sec(0.5).latearea.bound))
found["trace"] = trace
# the tolerance of states is 1e-3 here as there
report(found, rtol=1e-2)
