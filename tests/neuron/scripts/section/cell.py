"""Sections made with cell= are named after the object and know it."""

from neuron import n
from paired import report


class Pyramid:
    def __init__(self, gid):
        self._gid = gid
        self.soma = n.Section("soma", self)
        self.dend = [n.Section(name=f"dend[{i}]", cell=self) for i in range(2)]
        for dend in self.dend:
            dend.connect(self.soma)

    def __repr__(self):
        return f"Pyramid[{self._gid}]"


cells = [Pyramid(i) for i in (4, 7)]
first = cells[0]
found = {
    "names": [sec.name() for sec in n.allsec()],
    "str": str(first.dend[1]),
    "cell": [sec.cell() is first for sec in n.allsec()],
    "segment": str(first.soma(0.5)),
    "children": [sec.name() for sec in cells[1].soma.children()],
    "psection": first.soma.psection()["cell"] is first,
    "same cell": n.Section("lone").cell(),
}
del first, cells[0]
found["one is gone"] = [sec.name() for sec in n.allsec()]

report(found)
