"""Every spelling of a range variable reads and writes the same number."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.nseg = 3
sec.insert("hh")
seg = sec(0.5)
seg.hh.gnabar = 0.1
one = [seg.hh.gnabar, seg.gnabar_hh, sec(0.5).hh.gnabar, seg._ref_gnabar_hh[0]]
seg.gnabar_hh = 0.2
two = [seg.hh.gnabar, seg.gnabar_hh, seg.hh._ref_gnabar[0]]
seg._ref_gnabar_hh[0] = 0.3
three = [seg.hh.gnabar, seg.gnabar_hh, getattr(seg, "gnabar_hh"), getattr(seg.hh, "gnabar")]
setattr(seg, "gkbar_hh", 0.05)
sec.gl_hh = 0.001
sec.ena = 55

report({
    "by mechanism": one,
    "by name": two,
    "by reference": three,
    "gkbar": [each.hh.gkbar for each in sec],
    "whole section": [each.gl_hh for each in sec],
    "read from the section": [sec.gl_hh, sec.gnabar_hh, sec.v, sec.cm],
    "ion": [seg.ena, seg.na_ion.ena, seg.na_ion.nai, seg.nai],
    "v": [seg.v, seg._ref_v[0]],
    "name": [seg.hh.name(), seg.na_ion.name()],
    "mechanism's segment": seg.hh.segment() == seg,
})
