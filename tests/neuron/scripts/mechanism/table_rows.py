"""What making a TABLE leaves in the variables that it does not hold, when it is made, and with which
instance; and PARAMETERs that begin with 0 in code for threads."""

from neuron import h
from paired import mechanisms, report

mechanisms("rowsleft.mod", "rowslooked.mod")
found = {"high": [h.high_rowsleft, h.high_rowslooked]}
sec = h.Section(name="soma")
sec.L, sec.diam, sec.nseg = 50, 5, 3
sec.insert("pas")
sec.insert("rowsleft")
sec.insert("rowslooked")


def all_values():
    values = [h.high_rowsleft, h.high_rowslooked, h.runs_rowslooked, h.extra_rowslooked]
    for segment in sec:
        for mechanism in (segment.rowsleft, segment.rowslooked):
            values += [segment.v, mechanism.n, mechanism.ninf, mechanism.ntau, mechanism.slope]
            values += [mechanism.shift, *(mechanism.steps[k] for k in range(3))]
    return values


found["new"] = all_values()
for celsius in (23, 31):
    h.celsius = celsius
    h.finitialize(-61)
    trace = [all_values()]
    while h.t < 3:
        h.fadvance()
        trace.append(all_values())
    found[f"{celsius} degC"] = trace
h.celsius = 12
h.fadvance()
found["made between steps"] = all_values()
h.usetable_rowsleft = h.usetable_rowslooked = 0
h.fadvance()
found["without tables"] = all_values()
report(found)
