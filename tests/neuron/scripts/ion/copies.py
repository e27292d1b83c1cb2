"""The copies that an instance makes of ion variables: in BEFORE and AFTER, and where a BREAKPOINT reads the
current that it writes."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/traffic.mod", "interface/alone.mod", "interface/goeson.mod")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
for name in ("goeson", "alone", "traffic"):
    soma.insert(name)
here = soma(0.5)
found = {}
for run in ("first", "second"):
    h.finitialize(-65)
    trace = []
    for _ in range(30):
        trace.append(
            [here.v, here.ica, here.cai, here.eca]
            + [here.traffic.early, here.traffic.late, here.traffic.stepped]
            + [here.alone.stepped, here.alone.began, here.goeson.seen, here.goeson.left]
        )
        h.fadvance()
    found[run] = trace
report(found)
