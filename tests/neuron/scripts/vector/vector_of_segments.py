"""Recording one Vector for each segment, in dictionaries, and profiles along a section."""

from neuron import h
from paired import report

sec = h.Section(name="axon")
sec.L, sec.diam, sec.nseg = 600, 1, 21
sec.insert("hh")
clamp = h.IClamp(sec(0))
clamp.delay, clamp.dur, clamp.amp = 0.5, 0.5, 0.5
vectors = {seg.x: h.Vector().record(seg._ref_v) for seg in sec.allseg()}
gates = {seg.x: h.Vector().record(seg.hh._ref_n, 0.5) for seg in sec}
h.finitialize(-65)
while h.t < 5:
    h.fadvance()

report({
    "profile": [[x, v[80], v[160]] for x, v in vectors.items()],
    "n": [list(v) for v in gates.values()][::5],
    "peaks": [v.max_ind() for v in vectors.values()],
})
