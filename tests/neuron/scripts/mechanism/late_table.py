"""TABLEs are made when they are looked up first, with what INITIAL has computed by then."""

from neuron import h
from paired import mechanisms, report

mechanisms("latetable.mod")
sec = h.Section(name="soma")
sec.L = sec.diam = 10
sec.insert("pas")
sec.insert("latetable")
found = {}
for celsius in (22, 31):
    h.celsius = celsius
    h.finitialize(-63)
    trace = [(sec(0.5).v, sec(0.5).n_latetable, h.ninf_latetable)]
    while h.t < 5:
        h.fadvance()
        trace.append((sec(0.5).v, sec(0.5).n_latetable, h.ninf_latetable))
    found[f"{celsius} degC"] = trace
found["runs of INITIAL"] = h.runs_latetable

report(found)
