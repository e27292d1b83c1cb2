"""h.name_suffix of what belongs to an instance: setdata says which one is meant."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/probe.mod")
sec = h.Section(name="soma")
sec.nseg = 3
sec.insert("probe")
for k, seg in enumerate(sec):
    seg.probe.slope = 1 + k
found = []
for x in (0.1, 0.5, 0.9):
    h.setdata_probe(sec(x))
    h.note_probe(-60 * x)
    found.append([h.steep_probe(-42), h.gate_probe(-42)])

report({
    "found": found,
    "noted": [[seg.probe.last, seg.probe.count] for seg in sec],
})
