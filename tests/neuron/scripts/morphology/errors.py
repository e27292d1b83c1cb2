"""A morphology file that is not there, and the simulator afterwards."""

from neuron import h
from paired import morphology, raises, report

h.load_file("import3d.hoc")


def read(name):
    reader = h.Import3d_SWC_read()
    reader.quiet = 1
    reader.input(name)
    h.Import3d_GUI(reader, False).instantiate(None)


missing = raises(read, "no_such_morphology.swc")
read(morphology("single_point.swc"))

report({"missing": missing, "names": [sec.name() for sec in h.allsec()]})
