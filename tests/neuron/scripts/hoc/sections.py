"""Sections in hoc: creating, connecting, accessing, their variables along them, loops over them."""

from neuron import h
from paired import captured, report

TEXTS = [
    "create soma, dend[3]",
    "access soma",
    "print secname()",
    "soma { L = 20 diam = 30 nseg = 3 insert hh insert pas }",
    "print L, diam, nseg, Ra, cm, g_pas, v",
    "g_pas = 0.002",
    "e_pas(.2) = -60",
    "print g_pas, g_pas(.5), e_pas(.1), e_pas(.5), v(.5)",
    "soma.gnabar_hh = 0.2",
    "print soma.gnabar_hh, soma.gnabar_hh(.9)",
    "soma.gkbar_hh(.5) = 0.05",
    "print soma.gkbar_hh(.1), soma.gkbar_hh(.5)",
    "g_pas(0:1) = 1:4",
    "for (x, 0) print x, g_pas(x)",
    "for (x) print x",
    "connect dend[0](0), soma(1)",
    "connect dend[1](0), dend[0](.5)",
    "dend[0] connect dend[2](0), 1",
    "dend[1] { L = 50  print secname(), L }",
    "dend[2].L = 70",
    "forall print secname(), L, nseg",
    'forsec "dend" { nseg = 5 }',
    'forsec "dend[<12>]" print secname(), nseg',
    'ifsec "soma" print "in soma"',
    'dend[1] ifsec "soma" print "not here"',
    "topology()",
    "objref stim, all",
    "stim = new IClamp(.5)",
    "{ stim.del = 1 stim.dur = 2 stim.amp = .3 }",
    "dend[1] stim.loc(.5)",
    "print stim.get_loc(), secname()",
    "pop_section()",
    "all = new SectionList()",
    "forsec \"dend\" all.append()",
    "forsec all print secname()",
    "finitialize(-65)",
    "for i = 1, 80 fadvance()",
    "print t, v, soma.v(.5), dend[1].v(1), m_hh(.5), stim.i",
    "v(.5) = -30",
    "print v(.5), v(.1)",
    "finitialize(-60)",
    "print area(.5) > 0, distance(0, .5), distance(.9)",
    "uninsert pas",
    "print ismembrane(\"pas\"), ismembrane(\"hh\")",
]
found = {"printed": {}}
for number, text in enumerate(TEXTS):
    found["printed"][f"{number} {text}"] = captured(h, text)
found["values"] = [h.soma.name(), h.dend[1].L, h.stim.amp, h.soma(0.5).hh.gkbar]
report(found)
