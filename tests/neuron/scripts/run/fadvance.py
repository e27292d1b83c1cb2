"""fadvance, fcurrent and frecord_init: what is brought up to date by which."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.insert("hh")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 0, 10, 0.3
v = h.Vector().record(sec(0.5)._ref_v)


def state():
    seg = sec(0.5)
    return [h.t, seg.v, seg.hh.m, seg.ina, seg.ik, clamp.i, seg.gna_hh]


h.finitialize(-65)
found = {"begun": state(), "sizes": [len(v)]}
h.fadvance()
found["one step"] = state()
found["returns"] = [h.fadvance(), h.finitialize(-65), h.fcurrent()]
sec(0.5).v = -40
h.fcurrent()
found["fcurrent"] = state()
sec(0.5).hh.m = 0.5
h.fcurrent()
found["m set"] = state()
h.frecord_init()
found["sizes"].append(len(v))
for _ in range(3):
    h.fadvance()
found["sizes"].append(len(v))
found["recorded"] = list(v)
found["end"] = state()

report(found)
