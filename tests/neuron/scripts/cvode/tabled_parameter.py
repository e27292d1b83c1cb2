"""Variable steps are switched on before the first initialization; a TABLE names a PARAMETER."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/tabledtau.mod")
sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.insert("pas")
sec.insert("tabledtau")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 6, 0.3
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-9)
found = {"switched on": h.taun_tabledtau}
h.finitialize(-65)
found["initialized"] = [h.taun_tabledtau, h.ninf_tabledtau, sec(0.5).tabledtau.n]
trace = []
for k in range(20):
    cvode.solve(0.5 * (k + 1))
    trace.append((sec(0.5).v, sec(0.5).tabledtau.n))
found["trace"] = trace
found["at the end"] = h.taun_tabledtau
report(found, rtol=1e-5)
