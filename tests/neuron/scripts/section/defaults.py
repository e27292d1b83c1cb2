"""A new Section has NEURON's geometry, resistance and names."""

from neuron import n
from paired import report

named = n.Section("axon")
by_keyword = n.Section(name="dend[3]")
unnamed = n.Section()

report({
    "L": named.L,
    "nseg": named.nseg,
    "Ra": named.Ra,
    "rallbranch": named.rallbranch,
    "diam": named(0.5).diam,
    "cm": named(0.5).cm,
    "v": named(0.5).v,
    "name": named.name(),
    "keyword": by_keyword.name(),
    "str": str(named),
    "hname": named.hname(),
    "unnamed begins": unnamed.name().startswith("__nrnsec_0x"),
    "cell": named.cell(),
    "n3d": named.n3d(),
    "parent": named.parentseg(),
    "true parent": named.trueparentseg(),
    "children": named.children(),
    "orientation": named.orientation(),
    "is pysection": named.is_pysec(),
    "pas": named.has_membrane("pas"),
    "capacitance": named.has_membrane("capacitance"),
    "morphology": named.has_membrane("morphology"),
})
