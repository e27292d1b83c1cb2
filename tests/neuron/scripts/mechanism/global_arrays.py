"""GLOBAL variables that are arrays: read, set and referred to by element."""

from neuron import h
from paired import mechanisms, raises, report

mechanisms("globalarray.mod")
sec = h.Section(name="soma")
sec.insert("globalarray")
h.finitialize(-65)
found = {
    "from INITIAL": [h.made_globalarray[i] for i in range(4)],
    "no default": [h.given_globalarray[i] for i in range(3)],
    "length": len(h.made_globalarray),
}
h.given_globalarray[1] = 2.5
reference = h._ref_given_globalarray
found["set"] = [h.given_globalarray[1], reference[1][0]]
h.finitialize(-65)
found["used"] = sec(0.5).sum_globalarray
found["past the end"] = raises(lambda: h.given_globalarray[3])

report(found)
