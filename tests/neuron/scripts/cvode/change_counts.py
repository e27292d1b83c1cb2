"""How often structure and diameters were set up anew."""

from neuron import h
from paired import report

cvode = h.CVode()
counts = []


def count(initialize=True):
    if initialize:
        h.finitialize(-65)
    counts.append([cvode.structure_change_count(), cvode.diam_change_count()])


soma = h.Section(name="soma")
soma.insert("hh")
soma.nseg = 3
count()
count()
soma.diam = 5
count()
soma.nseg = 5
count()
dend = h.Section(name="dend")
dend.connect(soma(1))
count()
clamp = h.IClamp(soma(0.5))
count()
h.fadvance()
count(False)
soma.Ra = 100
count()
soma(0.2).cm = 2
count()
dend.insert("pas")
count()
cvode.active(True)
count()
cvode.active(False)
count()
first = counts[0]
report({"changes": [[a - first[0], b - first[1]] for a, b in counts]})
