"""A TABLE that INITIAL does not look up is made with what INITIAL leaves."""

from neuron import h
from paired import mechanisms, report

mechanisms("steptable.mod")
sec = h.Section(name="soma")
sec.nseg = 3
sec.insert("steptable")
found = {}
for run in range(2):
    h.finitialize(-65)
    trace = []
    while h.t < 1:
        h.fadvance()
        trace.append([(seg.steptable.x, seg.steptable.left) for seg in sec])
    found[f"run {run}"] = trace
report(found)
