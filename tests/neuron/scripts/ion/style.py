"""ion_style: five numbers set it, one name reads it; what finitialize then does."""

from neuron import h
from paired import mechanisms, report

mechanisms("cal.mod", "caaccum.mod")
styles = ((1, 2, 0, 0, 0), (1, 2, 1, 0, 0), (1, 2, 1, 1, 0), (3, 2, 1, 1, 1), (1, 1, 0, 0, 1))
secs = [h.Section(name=f"sec{k}") for k in range(len(styles))]
plain = h.Section(name="plain")
plain.insert("cal")
accumulating = h.Section(name="accumulating")
accumulating.insert("cal")
accumulating.insert("caaccum")
default = [h.ion_style("ca_ion", sec=sec) for sec in (plain, accumulating)]
read = []
for sec, style in zip(secs, styles):
    sec.insert("cal")
    h.ion_style("ca_ion", *style, sec=sec)
    read.append(h.ion_style("ca_ion", sec=sec))
    sec(0.5).cai, sec(0.5).cao, sec(0.5).eca = 3e-4, 1.5, 99


def values():
    return [[sec(0.5).cai, sec(0.5).cao, sec(0.5).eca] for sec in secs]


before = values()
h.finitialize(-20)
begun = values()
for _ in range(8):
    h.fadvance()

report({"default": default, "read": read, "before": before, "begun": begun, "after": values()})
