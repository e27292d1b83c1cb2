"""Point processes: where they are, loc, get_loc, has_loc, moved between sections, deleted."""

from neuron import h
from paired import report

soma, dend = h.Section(name="soma"), h.Section(name="dend")
dend.nseg = 5
syn = h.ExpSyn(dend(0.33))
loose = h.ExpSyn()


def place(point):
    segment = point.get_segment()
    return None if segment is None else [segment.sec.name(), segment.x]


found = {"made": place(syn), "without a place": [place(loose), loose.has_loc()]}
loose.loc(soma(0.5))
found["located"] = [place(loose), loose.has_loc()]
syn.loc(0.9, sec=dend)
found["moved"] = place(syn)
syn.loc(soma(1))
found["other section"] = place(syn)
syn.loc(dend(0.7))
x = syn.get_loc()
found["get_loc"] = [x, h.cas().name()]
h.pop_section()
found["popped"] = h.cas().name()
syn.tau = 7
syn.loc(dend(0.1))
found["tau stays"] = syn.tau
old = h.ExpSyn(0.5, sec=dend)
found["old form"] = place(old)
del dend
found["all"] = [sec.name() for sec in h.allsec()]

report(found)
