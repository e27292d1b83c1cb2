"""Import3d of an ASC file with somata in slices, and with all that is read over."""

from neuron import h
from paired import morphology, report

h.load_file("import3d.hoc")


class Cell:
    def __repr__(self):
        return "cell"


cell = Cell()
reader = h.Import3d_Neurolucida3()
reader.quiet = 1
reader.input(morphology("slices.asc"))
h.Import3d_GUI(reader, False).instantiate(cell)

report({
    "sections": [[sec.name(), str(sec.parentseg()), h.pt3dstyle(sec=sec)] for sec in cell.all],
    "points": [
        [[sec.x3d(k), sec.y3d(k), sec.z3d(k), sec.diam3d(k)] for k in range(sec.n3d())]
        for sec in cell.all
    ],
    "areas": [[seg.area() for seg in sec] for sec in cell.all],
})
