"""Names of states in the three styles: of sections, of an object's section, of point processes."""

from neuron import h
from paired import raises, report


class Cell:
    def __init__(self):
        self.soma = h.Section(name="soma", cell=self)
        self.soma.nseg = 3
        self.soma.insert("hh")
        self.synapse = h.Exp2Syn(self.soma(0.5))

    def __repr__(self):
        return "Cell[7]"


plain = h.Section(name="plain")
plain.insert("pas")
first = h.ExpSyn(plain(0.5))
cell = Cell()
second = h.ExpSyn(plain(0.5))
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
states = h.Vector()
cvode.states(states)
text = h.ref("")
found = {}
for style in (0, 1, 2):
    names = []
    for i in range(len(states)):
        cvode.statename(i, text, style)
        names.append(text[0])
    found[f"style {style}"] = sorted(names)
found["outside"] = [raises(cvode.statename, 99, text), raises(cvode.statename, 0, text, 3)]
report(found)
