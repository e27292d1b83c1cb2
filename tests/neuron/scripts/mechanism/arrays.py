"""Range variables that are arrays: reading, writing, references, by segment and mechanism."""

from neuron import h
from paired import mechanisms, raises, report

mechanisms("arrays.mod")
sec = h.Section(name="soma")
sec.nseg = 3
sec.insert("arrays")
for k, seg in enumerate(sec):
    for j in range(4):
        seg.weight_arrays[j] = k + j / 10
seg = sec(0.5)
seg.arrays.weight[2] = 5
element = seg._ref_weight_arrays[3]
h.finitialize(-65)
for _ in range(20):
    h.fadvance()

report({
    "weight": [list(each.weight_arrays) for each in sec],
    "by mechanism": [seg.arrays.weight[j] for j in range(4)],
    "length": [len(seg.weight_arrays), len(seg.arrays.s)],
    "states": [list(each.arrays.s) for each in sec],
    "reference": element[0],
    "level": list(seg.level_arrays),
    "v": [each.v for each in sec],
    "past the end": raises(lambda: seg.weight_arrays[4]),
})
