"""Concentrations set by hand during a run, with potentials that are computed from them."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 20
sec.insert("hh")
n.ion_style("k_ion", 1, 2, 1, 0, 1, sec=sec)
n.ion_style("na_ion", 1, 2, 0, 0, 0, sec=sec)
n.finitialize(-65)
trace = []
for k in range(120):
    if k == 30:
        sec(0.5).ko = 8
    if k == 60:
        sec(0.5).ena = 20
    if k == 90:
        sec(0.5).ki = 100
    n.fadvance()
    seg = sec(0.5)
    trace.append([seg.v, seg.ek, seg.ena, seg.ik, seg.ina])

report({"trace": trace, "styles": [n.ion_style(f"{ion}_ion", sec=sec) for ion in ("k", "na")]})
