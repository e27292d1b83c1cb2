"""Functions about sections that need no object of Python: section_exists, section_owner,
this_section, parent_section."""

from neuron import h
from paired import report


class Cell:
    def __init__(self):
        self.soma = h.Section("soma", self)


cell = Cell()
top, child, array = h.Section("top"), h.Section("child"), h.Section("dend[1]")
child.connect(top)
found = {
    "exists": [
        h.section_exists("top"),
        h.section_exists("none"),
        h.section_exists("dend[1]"),
        h.section_exists("dend"),
    ],
    "owner": [h.section_owner(sec=cell.soma) is cell, h.section_owner(sec=top)],
    "parents": [
        h.parent_section(sec=child) == h.this_section(sec=top),
        h.this_section(sec=top) == h.this_section(sec=child),
        h.this_section(sec=top) > 0,
    ],
}
# NEURON looks among the sections of hoc alone
report(found, expect={"exists": [1.0, 0.0, 1.0, 0.0]})
