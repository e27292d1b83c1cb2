"""Import3d of an SWC file into a Python object: sections, names, points, areas."""

from neuron import h
from paired import morphology, report

h.load_file("import3d.hoc")


class Cell:
    def __repr__(self):
        return "pyramid"


def tree(cell):
    return [
        {
            "name": sec.name(),
            "parent": None if sec.parentseg() is None else str(sec.parentseg()),
            "n3d": sec.n3d(),
            "L": sec.L,
            "diam": [seg.diam for seg in sec],
            "area": [seg.area() for seg in sec],
            "ri": [seg.ri() for seg in sec],
        }
        for sec in cell.all
    ]


cell = Cell()
reader = h.Import3d_SWC_read()
reader.quiet = 1
reader.input(morphology("pyramid.swc"))
h.Import3d_GUI(reader, False).instantiate(cell)
points = [[sec.x3d(k), sec.y3d(k), sec.z3d(k), sec.diam3d(k)]
          for sec in cell.all for k in range(sec.n3d())]

report({
    "tree": tree(cell),
    "lists": {name: [sec.name() for sec in getattr(cell, name)]
              for name in ("soma", "axon", "dend", "apic")},
    "of soma": cell.soma[0].name(),
    "points": points,
    "order": [sec.name() for sec in h.allsec()],
})
