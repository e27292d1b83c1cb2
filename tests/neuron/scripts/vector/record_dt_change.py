"""Vectors recorded at an interval while dt differs: which steps are taken."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.insert("pas")
found = {}
for dt in (0.025, 0.01, 0.04):
    h.dt = dt
    v = h.Vector().record(sec(0.5)._ref_v, 0.1)
    t = h.Vector().record(h._ref_t, 0.1)
    h.finitialize(-60)
    while h.t < 1.5:
        h.fadvance()
    found[f"{dt}"] = [list(v), list(t)]

report(found)
