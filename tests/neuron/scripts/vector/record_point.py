"""Recording into a Vector by a point process, which knows its time: record(pp, ref)."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.insert("pas")
syn = h.ExpSyn(sec(0.5))
syn.tau = 2
into = h.NetCon(None, syn)
into.weight[0] = 0.01
g = h.Vector().record(syn, syn._ref_g)
spaced = h.Vector().record(syn, syn._ref_g, 0.25)
h.finitialize(-65)
into.event(1)
while h.t < 3:
    h.fadvance()

report({"g": g, "spaced": spaced})
