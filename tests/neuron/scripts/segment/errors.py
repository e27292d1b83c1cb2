"""What segments refuse: unknown variables, mechanisms that are not there, wrong values."""

from neuron import n
from paired import raises, report

sec = n.Section("soma")
sec.insert("pas")
seg = sec(0.5)

report({
    "read unknown": raises(lambda: seg.nonsense),
    "write unknown": raises(setattr, seg, "nonsense", 1),
    "read not inserted": raises(lambda: seg.gnabar_hh),
    "write not inserted": raises(setattr, seg, "gnabar_hh", 1),
    "mechanism not inserted": raises(lambda: seg.hh),
    "unknown in mechanism": raises(lambda: seg.pas.nonsense),
    "write unknown in mechanism": raises(setattr, seg.pas, "nonsense", 1),
    "reference to unknown": raises(lambda: seg._ref_nonsense),
    "reference to not inserted": raises(lambda: seg._ref_m_hh),
    "reference index": raises(lambda: seg._ref_v[1]),
    "a word": raises(setattr, seg, "v", "high"),
    "a word for a parameter": raises(setattr, seg.pas, "g", "high"),
    "ion not there": raises(lambda: seg.ena),
    "fine": [seg.v, seg.pas.g],
})
