"""derivimplicit begins at a state where the slope of an equation is 0/0."""

from neuron import h
from paired import mechanisms, report

mechanisms("uptake.mod")
sec = h.Section(name="soma")
sec.insert("uptake")
h.finitialize(-65)
trace = []
for step in range(60):
    h.fadvance()
    trace.append(sec(0.5).uptake.x)
    if step == 10:
        sec(0.5).uptake.x = 0.7
report({"x": trace}, rtol=1e-6)
