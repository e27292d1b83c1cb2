"""setpointer of a density mechanism: each segment reads calcium of another one."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/reader.mod", "cal.mod", "caaccum.mod")
soma, dend = h.Section(name="soma"), h.Section(name="dend")
dend.connect(soma(1))
soma.L = soma.diam = 20
dend.L, dend.nseg = 100, 3
for name in ("cal", "caaccum", "hh"):
    soma.insert(name)
dend.insert("reader")
dend.insert("pas")
for seg in dend:
    h.setpointer(soma(0.5)._ref_cai, "other", seg.reader)
    seg.reader.g = 2 * seg.x
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 2, 5
h.finitialize(-65)
trace = []
while h.t < 6:
    h.fadvance()
    trace.append([soma(0.5).v, soma(0.5).cai] + [[seg.v, seg.reader.seen] for seg in dend])

report({"trace": trace})
