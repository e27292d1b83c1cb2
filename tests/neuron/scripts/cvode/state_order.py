"""The order of states of CVODE: potentials from the roots on, then mechanisms in the order of registration."""

from neuron import h
from paired import mechanisms, report

mechanisms("cal.mod")
soma, dend, other = (h.Section(name=name) for name in ("soma", "dend", "other"))
dend.connect(soma(1))
dend.nseg = 3
for name in ("hh", "cal"):
    soma.insert(name)
dend.insert("hh")
other.insert("hh")
points = [h.Exp2Syn(dend(0.1)), h.ExpSyn(soma(0.5)), h.ExpSyn(other(0.5)), h.ExpSyn(dend(0.9))]
cvode = h.CVode()
text = h.ref("")


def names():
    h.finitialize(-65)
    states = h.Vector()
    cvode.states(states)
    found = []
    for i in range(len(states)):
        cvode.statename(i, text, 1)
        found.append(text[0])
    return found


cvode.active(True)
found = {"whole": names()}
cvode.use_local_dt(True)
found["local"] = names()
cvode.use_local_dt(False)
cvode.use_daspk(True)
# of IDA NEURON has all roots first
found["ida"] = sorted(names())
report(found)
