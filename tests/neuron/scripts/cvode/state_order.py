"""The order of states: potentials of the roots first, then cell by cell; mechanisms in the order of
registration, and of a KINETIC scheme the states that CONSERVE removes first."""

from neuron import h
from paired import mechanisms, report

mechanisms("cal.mod", "cvode/listedk.mod")
soma, dend, other = (h.Section(name=name) for name in ("soma", "dend", "other"))
dend.connect(soma(1))
dend.nseg = 3
for name in ("hh", "cal"):
    soma.insert(name)
dend.insert("hh")
other.insert("hh")
other.insert("listedk")
# of those at one place the last comes first, and one is attached by its other end
twigs = [h.Section(name=f"twig{i}") for i in range(4)]
for twig, parent, end in zip(twigs, (dend(1), dend(0.5), soma(0.5), dend(1)), (0, 1, 0, 1)):
    twig.connect(parent, end)
    twig.nseg = 2
    twig.insert("pas")
points = [h.Exp2Syn(dend(0.1)), h.ExpSyn(soma(0.5)), h.ExpSyn(other(0.5)), h.ExpSyn(dend(0.9))]
points += [h.ExpSyn(dend(0.9)) for _ in range(2)]
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
found["ida"] = names()
values, gathered = h.Vector(), h.Vector()
cvode.states(values)
other(0.5).v = -50
twigs[1](0.25).v = -40
cvode.ygather(gathered)
found["values"] = list(values)
found["changed"] = [i for i, (a, b) in enumerate(zip(values, gathered)) if abs(a - b) > 1]
report(found, rtol=1e-6)
