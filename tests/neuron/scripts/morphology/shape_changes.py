"""An imported cell that is changed: nseg, diameters, points, a new section, cell removed."""

from neuron import h
from paired import morphology, report

h.load_file("import3d.hoc")


class Cell:
    def __init__(self):
        reader = h.Import3d_SWC_read()
        reader.quiet = 1
        reader.input(morphology("pyramid.swc"))
        h.Import3d_GUI(reader, False).instantiate(self)

    def __repr__(self):
        return "cell"


cell = Cell()
trunk = cell.apic[0]
begun = [trunk.L, trunk.n3d(), [seg.diam for seg in trunk]]
trunk.nseg = 5
finer = [[seg.diam, seg.area()] for seg in trunk]
for k in range(trunk.n3d()):
    trunk.pt3dchange(k, trunk.diam3d(k) * 1.5)
wider = [[seg.diam, seg.area(), seg.ri()] for seg in trunk]
stub = h.Section(name="stub")
stub.connect(trunk(1))
count = len(list(h.allsec()))
listed = [sec.name() for sec in trunk.children()]
h.distance(0, cell.soma[0](0.5))
distances = [h.distance(sec(1)) for sec in cell.apic]
del cell, trunk

report({
    "begun": begun,
    "finer": finer,
    "wider": wider,
    "children": listed,
    "distances": distances,
    "count": [count, len(list(h.allsec()))],
})
