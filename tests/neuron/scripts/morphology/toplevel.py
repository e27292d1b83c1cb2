"""instantiate(None) makes sections of the top level, which h then knows by name."""

from neuron import h
from paired import morphology, report

h.load_file("import3d.hoc")
reader = h.Import3d_SWC_read()
reader.quiet = 1
reader.input(morphology("single_point.swc"))
h.Import3d_GUI(reader, False).instantiate(None)

report({
    "names": [sec.name() for sec in h.allsec()],
    "soma": [h.soma[0].L, h.soma[0].name()],
    "dend": [sec.L for sec in h.dend],
    "children": [sec.name() for sec in h.soma[0].children()],
})
