"""extra_scatter_gather with arguments, several at once, in order, and removed by equality."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

calls = []


def hello(what):
    calls.append(what)


cvode = h.CVode()
first, second = (hello, "one"), (hello, "two")
cvode.extra_scatter_gather(0, first)
cvode.extra_scatter_gather(0, second)
h.finitialize(-65)
h.fadvance()
found = {"both": list(calls)}
calls.clear()
cvode.extra_scatter_gather_remove(first)
h.fadvance()
found["second"] = list(calls)
calls.clear()
cvode.extra_scatter_gather_remove(second)
h.fadvance()
found["none"] = list(calls)
report(found)
