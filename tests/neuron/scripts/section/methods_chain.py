"""Section methods return what can be used further; attributes set for all segments."""

from neuron import n
from paired import report

a, b, c = [n.Section(name) for name in "abc"]
same = a.connect(b) is a
inserted = a.insert("pas").insert("hh") is a
c.connect(a(1)).insert("pas")
for sec in n.allsec():
    sec.Ra = 77
    sec.cm = 1.3
    sec.nseg = 3
a.g_pas = 0.002
a.e_pas = -61
b.diam = 3

report({
    "same": [same, inserted],
    "parent": [str(c.parentseg()), str(a.parentseg())],
    "Ra": [sec.Ra for sec in n.allsec()],
    "cm": [[seg.cm for seg in sec] for sec in n.allsec()],
    "pas": [[seg.g_pas, seg.e_pas] for seg in a],
    "diam": [seg.diam for seg in b],
    "disconnected": [c.disconnect() is None, c.parentseg()],
})
