"""h.nernst and h.ghk over temperatures, concentrations and charges."""

from neuron import h
from paired import report

found = {}
for celsius in (6.3, 20, 37):
    h.celsius = celsius
    found[f"nernst {celsius}"] = [
        h.nernst(inside, outside, charge)
        for inside, outside in ((10, 140), (54.4, 2.5), (5e-5, 2), (1, 1), (140, 5))
        for charge in (1, 2, -1)
    ]
    found[f"ghk {celsius}"] = [
        h.ghk(v, 5e-5, 2, charge) for v in (-80, -1e-3, 0, 1e-6, 15, 60) for charge in (1, 2)
    ]
sec = h.Section(name="soma")
sec.insert("hh")
sec(0.5).nai, sec(0.5).nao = 18, 120
found["of a section"] = h.nernst("ena", sec=sec)

report(found)
