"""CONSTRUCTOR and DESTRUCTOR: when they are executed, and what the creation was given."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/lifetime.mod")
cells = [h.Lived(), h.Lived(4), h.Lived(4, 7), h.Lived()]
values = {
    "numbers": [cell.number for cell in cells],
    "given": [(cell.first, cell.second) for cell in cells],
    "counts": [(h.made_Lived, h.removed_Lived)],
}
del cells[1]
values["counts"].append((h.made_Lived, h.removed_Lived))
h.finitialize(-65)
h.fadvance()
cells.append(h.Lived(1))
values["counts"].append((h.made_Lived, h.removed_Lived))
values["last"] = (cells[-1].number, cells[-1].first)
values["kept"] = [cell.first for cell in cells]
cells.clear()
values["counts"].append((h.made_Lived, h.removed_Lived))
report(values)
