"""States set by hand are used in the next step; finitialize sets them again."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.insert("hh")
h.finitialize(-65)
gates = sec(0.5).hh
found = {"begun": [gates.m, gates.h, gates.n]}
gates.m, gates.h, gates.n = 0.9, 0.1, 0.5
h.fadvance()
found["one step"] = [sec(0.5).v, gates.m, gates.h, gates.n]
sec(0.5).m_hh = 0
for _ in range(9):
    h.fadvance()
found["ten"] = [sec(0.5).v, gates.m, gates.h, gates.n, h.t]
h.finitialize(-65)
found["again"] = [gates.m, gates.h, gates.n, h.t]

report(found)
