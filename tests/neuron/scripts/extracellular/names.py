"""Variables of extracellular by their names: defaults, references, ends, sections as a whole."""

from neuron import h
from paired import outside, raises, report

parent = h.Section(name="parent")
parent.nseg = 3
child = h.Section(name="child")
child.connect(parent(1))
bare = parent.has_membrane("extracellular")
parent.insert("extracellular")
segment = parent(0.5)

before = {
    "layers": h.nlayer_extracellular(),
    "xraxial": [segment.xraxial[i] for i in range(2)],
    "xg": [segment.xg[i] for i in range(2)],
    "xc": [segment.xc[i] for i in range(2)],
    "e": [segment.e_extracellular, segment.extracellular.e],
    "vext": [parent(x).vext[i] for x in (0, 0.5, 1) for i in range(2)],
    "i_membrane": segment.i_membrane,
}
parent.xg[0] = 7
parent.xraxial[1] = 25
parent.e_extracellular = 6
segment.xg[1] = 3
segment.extracellular.e = 5
reference = parent(0.1)._ref_xc[1]
reference[0] = 0.5
parent.vext[0] = 3
segment.vext[0] = 4
parent(0).vext[0] = 9
parent(1)._ref_vext[0][0] = 2
psection = parent.psection()["density_mechs"]["extracellular"]
del psection["vext"]

report({
    "before": before,
    "inserted": [bare, parent.has_membrane("extracellular"), child.has_membrane("extracellular")],
    "names": [m.name() for m in segment],
    "variables": [v.name() for v in segment.extracellular],
    "xg": [[seg.xg[i] for i in range(2)] for seg in parent],
    "xc": [[seg.xc[i] for i in range(2)] for seg in parent],
    "xraxial": [[seg.xraxial[i] for i in range(2)] for seg in parent],
    "e": [seg.e_extracellular for seg in parent],
    "vext": [[outside(seg, i) for i in range(2)] for seg in parent.allseg()],
    "attached end": [outside(child(0), i) for i in range(2)],
    "elsewhere": [
        raises(lambda: child(0.5).vext[0]),
        raises(lambda: child(0.5).xg[0]),
        raises(lambda: segment.xg[2]),
        raises(lambda: parent(0.5)._ref_vext[2]),
    ],
    "section": psection,
})
