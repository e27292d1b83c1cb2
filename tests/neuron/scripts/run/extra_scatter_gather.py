"""Callables in each step: extra_scatter_gather, and its end."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.insert("pas")
cvode = h.CVode()
calls = []


def look():
    calls.append([h.t, sec(0.5).v])


cvode.extra_scatter_gather(0, look)
h.finitialize(-60)
begun = len(calls)
for _ in range(5):
    h.fadvance()
first = calls[:]
cvode.extra_scatter_gather_remove(look)
h.fadvance()

report({"begun": begun, "calls": first, "removed": len(calls) == len(first)})
