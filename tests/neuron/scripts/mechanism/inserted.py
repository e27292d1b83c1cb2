"""CONSTRUCTOR of a density mechanism: for which segments it is executed, and in which order."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/inserted.mod")
values = {"counts": [h.made_inserted], "numbers": [], "k": []}
soma = h.Section("soma")
soma.nseg = 3


def see():
    values["counts"].append(h.made_inserted)
    values["numbers"].append([segment.inserted.number for segment in soma])
    values["k"].append([segment.inserted.k for segment in soma])


soma.insert("inserted")
see()
soma.insert("inserted")
see()
for nseg in (5, 2, 9):
    soma.nseg = nseg
    see()
h.finitialize(-65)
see()
soma.uninsert("inserted")
soma.insert("inserted")
see()
dend = h.Section("dend")
dend.insert("inserted")
see()
report(values)
