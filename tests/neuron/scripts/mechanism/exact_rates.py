"""usetable_hh: tables and exact rates give their own voltages; both as in NEURON."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 18
sec.insert("hh")
clamp = n.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 20, 0.4
found = {}
for usetable in (1, 0):
    n.usetable_hh = usetable
    n.finitialize(-65)
    trace = []
    while n.t < 15:
        n.fadvance()
        trace.append([sec(0.5).v, sec(0.5).hh.m])
    found[str(usetable)] = trace
sec(0.5).v = 130.5
n.usetable_hh = 1
sec(0.5).hh.rates(130.5)
found["outside"] = [sec(0.5).hh.minf, sec(0.5).hh.mtau]

# v passes through 0
report(found, atol=1e-9)
