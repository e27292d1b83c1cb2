"""Defaults of PARAMETERs have six significant digits, CONSTANTs all."""

from neuron import h
from paired import mechanisms, report

mechanisms("sixdigits.mod")
sec = h.Section(name="soma")
sec.insert("sixdigits")
h.finitialize(-65)
here = sec(0.5).sixdigits

report({
    "GLOBAL": [h.shared_sixdigits, h.seed_sixdigits, h.small_sixdigits, h.exact_sixdigits],
    "RANGE": here.own,
    "START": here.s,
    "CONSTANT": here.first,
}, rtol=0.0)
