"""Import3d into Python objects: SWC, one of a single point as soma, and a Neurolucida ASC file with a
contour, axon, dendrites and apical dendrite: sections, names, points, areas."""

from models import imported
from neuron import h
from paired import morphology, report

h.load_file("import3d.hoc")


def look(cell):
    kinds = ("soma", "axon", "dend", "apic")
    return {
        "tree": [
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
        ],
        "lists": {name: [sec.name() for sec in getattr(cell, name, [])] for name in kinds},
        "of soma": cell.soma[0].name(),
        "points": [
            [sec.x3d(k), sec.y3d(k), sec.z3d(k), sec.diam3d(k)]
            for sec in cell.all
            for k in range(sec.n3d())
        ],
        "order": [sec.name() for sec in h.allsec()],
    }


found, kept = {}, []
for reader, file in (
    (h.Import3d_SWC_read, "pyramid.swc"),
    (h.Import3d_SWC_read, "single_point.swc"),
    (h.Import3d_Neurolucida3, "cell.asc"),
):
    cell = imported(reader(), morphology(file), file.partition(".")[0])
    kept.append(cell)
    found[file] = look(cell)
report(found)
