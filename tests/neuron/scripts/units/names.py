"""h.units: units of variables by name."""

from neuron import h
from paired import report

NAMES = [
    "gnabar_hh", "ina", "v", "e_pas", "ena", "nai", "cm", "L", "Ra", "celsius", "dt", "t", "diam",
]
sec = h.Section(name="soma")
sec.insert("hh")

report({
    "variables": [h.units(name) for name in NAMES],
    "point": [h.units("ExpSyn.tau"), h.units("ExpSyn.g"), h.units("IClamp.amp")],
    "potential": h.units("ExpSyn.e"),
})
