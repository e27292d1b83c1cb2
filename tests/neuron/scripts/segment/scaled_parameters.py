"""Parameters that vary along a section by position and distance, as people set them."""

from neuron import n
from paired import report

soma, apical = n.Section("soma"), n.Section("apical")
apical.connect(soma(1))
soma.L = soma.diam = 20
apical.L, apical.diam, apical.nseg = 500, 2, 11
for sec in n.allsec():
    sec.insert(n.pas).insert(n.hh)
n.distance(0, soma(0.5))
for seg in apical:
    away = n.distance(seg)
    seg.hh.gnabar = 0.12 * (1 - away / 1000)
    seg.hh.gkbar = 0.036 if away < 250 else 0.01
    seg.pas.g = 1e-4 * (1 + (away / 500) ** 2)
    seg.cm = 1 if away < 100 else 1.75
clamp = n.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 2, 2
n.finitialize(-65)
trace = []
while n.t < 8:
    n.fadvance()
    trace.append([soma(0.5).v, apical(0.3).v, apical(0.95).v])

report({
    "gnabar": [seg.hh.gnabar for seg in apical],
    "g": [seg.pas.g for seg in apical],
    "cm": [seg.cm for seg in apical],
    "trace": trace,
})
