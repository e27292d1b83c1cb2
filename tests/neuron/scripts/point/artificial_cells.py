"""Artificial cells have no place and no section; what point processes can do, they refuse."""

from neuron import h
from paired import raises, report

sec = h.Section(name="soma")
cells = [h.IntFire1(), h.IntFire2(), h.IntFire4(), h.NetStim()]
on_section = h.NetStim(sec(0.5))

report({
    "has_loc": [cell.has_loc() for cell in cells],
    "segment": [raises(lambda: cell.get_segment()) for cell in cells],
    "get_loc": [raises(cell.get_loc) for cell in cells],
    "names": [cell.hname() for cell in cells],
    "made with a segment": [on_section.interval, on_section.hname()],
    "unknown": [raises(lambda: cell.nothing) for cell in cells],
})
