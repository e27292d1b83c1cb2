"""Calcium that comes in, accumulates in a shell and opens a potassium channel."""

from neuron import h
from paired import mechanisms, report

mechanisms("cal.mod", "caaccum.mod", "kca.mod")
soma, dend = h.Section(name="soma"), h.Section(name="dend")
dend.connect(soma(1))
soma.L = soma.diam = 20
dend.L, dend.diam, dend.nseg = 150, 2, 5
for sec in (soma, dend):
    sec.insert("hh")
    sec.insert("cal")
    sec.insert("caaccum")
    sec.insert("kca")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 2, 30, 0.6
cai = [h.Vector().record(seg._ref_cai) for sec in (soma, dend) for seg in sec]
h.finitialize(-65)
v, rest = [], []
while h.t < 30:
    h.fadvance()
    v.append(soma(0.5).v)
    rest.append([soma(0.5).ica, soma(0.5).ik, soma(0.5).eca, soma(0.5).ek, dend(0.9).v])

report({"v": v, "rest": rest, "cai": cai, "style": h.ion_style("ca_ion", sec=soma)})
