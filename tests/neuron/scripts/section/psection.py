"""psection() describes a section: its keys, geometry, mechanisms, ions and point processes."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
child = h.Section(name="dend")
child.connect(sec(1))
sec.L, sec.diam, sec.nseg, sec.Ra = 30, 20, 3, 120
sec.insert("hh")
sec.insert("pas")
sec(0.5).pas.g = 2e-4
syn = h.ExpSyn(sec(0.5))
h.finitialize(-65)
found = sec.psection()
morphology = found["morphology"]
mechanisms = found["density_mechs"]

report({
    "keys": sorted(found),
    "name": found["name"],
    "nseg": found["nseg"],
    "Ra": found["Ra"],
    "cm": found["cm"],
    "morphology": sorted(morphology),
    "L": morphology["L"],
    "diam": morphology["diam"],
    "pts3d": morphology["pts3d"],
    "parent": morphology["parent"],
    "child's parent": child.psection()["morphology"]["parent"] == sec(1),
    "mechanisms": sorted(mechanisms),
    "pas": mechanisms["pas"],
    "hh": mechanisms["hh"],
    "ions": {name: sorted(ion) for name, ion in found["ions"].items()},
    "ena": found["ions"]["na"]["ena"],
    "points": {name: len(each) for name, each in found["point_processes"].items()},
    "hoc name": found["hoc_internal_name"].startswith("__nrnsec_0x"),
    "cell": found["cell"],
    "regions": sorted(found["regions"]),
    "species": sorted(found["species"]),
})
