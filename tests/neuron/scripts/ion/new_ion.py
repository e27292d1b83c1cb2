"""A reversal potential written by a mechanism, and one set by hand, per segment."""

from neuron import h
from paired import mechanisms, report

mechanisms("setek.mod")
sec, other = h.Section(name="one"), h.Section(name="other")
for each in (sec, other):
    each.L, each.nseg = 200, 3
    each.insert("hh")
sec.insert("setek")
for k, seg in enumerate(other):
    seg.ek, seg.ena = -80 - k, 45 + k
h.finitialize(-65)
begun = [[seg.ek, seg.ena] for each in (sec, other) for seg in each]
for _ in range(40):
    h.fadvance()

report({
    "begun": begun,
    "after": [[seg.ek, seg.ena, seg.v] for each in (sec, other) for seg in each],
    "styles": [h.ion_style("k_ion", sec=each) for each in (sec, other)],
})
