"""celsius: hh and reversal potentials that are computed depend on it."""

from neuron import n
from paired import mechanisms, report

mechanisms("thermal.mod", "cal.mod")
sec = n.Section("soma")
sec.L = sec.diam = 20
sec.insert("hh")
sec.insert("thermal")
sec.insert("cal")
clamp = n.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 5, 0.5
found = {"default": n.celsius}
for celsius in (6.3, 16, 37):
    n.celsius = celsius
    n.finitialize(-65)
    v, gates, eca = [], [], []
    while n.t < 8:
        n.fadvance()
        v.append(sec(0.5).v)
        gates.append([sec(0.5).hh.m, sec(0.5).hh.h, sec(0.5).hh.n])
        eca.append(sec(0.5).eca)
    found[f"{celsius}"] = {"v": v, "gates": gates, "eca": eca[-1]}

report(found)
