"""Mechanisms are computed in the order in which they were registered, NEURON's own first: not in the order
in which they are inserted."""

from neuron import h
from paired import mechanisms, report

mechanisms("ekseen.mod", "ekwave.mod")
found = {}
for names in (["ekwave", "hh", "ekseen"], ["ekseen", "ekwave", "hh"]):
    sec = h.Section(name="_".join(names))
    sec.L = sec.diam = 20
    for name in names:
        sec.insert(name)
    h.finitialize(-60)
    trace = []
    while h.t < 2:
        h.fadvance()
        seen = sec(0.5).ekseen
        trace.append([sec(0.5).v, sec(0.5).ek, sec(0.5).ik, seen.seen, seen.first, seen.current])
    found[sec.name()] = trace
report(found)
