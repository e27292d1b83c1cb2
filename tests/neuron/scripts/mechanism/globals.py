"""GLOBAL variables of mechanisms are attributes of h, shared by all instances."""

from neuron import h
from paired import mechanisms, raises, report

mechanisms("interface/probe.mod", "caaccum.mod")
sec = h.Section(name="soma")
sec.insert("probe")
sec.insert("hh")
begun = [h.half_probe, h.usetable_hh]
reference = h._ref_half_probe
reference[0] = -20
h.usetable_hh = 0
h.celsius = 10
h.finitialize(-63.7)

report({
    "begun": begun,
    "now": [h.half_probe, h.usetable_hh, reference[0]],
    "effect": h.gate_probe(-20),
    "without table": [sec(0.5).hh.m, sec(0.5).hh.h, sec(0.5).hh.n, sec(0.5).hh.mtau],
    "is not a range variable": raises(lambda: sec(0.5).half_probe),
})
