"""Steps that begin within 0.001 mV of a bend of a current: the conductance is a difference."""

from neuron import h
from paired import mechanisms, report

mechanisms("bentcurrent.mod")
sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.insert("bentcurrent")
found = {}
for begin in (-60.002, -60.0009, -60.0005, -60.00001, -60, -59.9999, -40.0003, -33):
    h.finitialize(begin)
    trace = []
    for _ in range(3):
        h.fadvance()
        trace.append(sec(0.5).v)
    found[str(begin)] = trace
report(found, rtol=1e-11)
