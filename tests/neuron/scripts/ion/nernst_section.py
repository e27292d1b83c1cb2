"""Potentials at finitialize after changes of concentrations, temperature and segment."""

from neuron import h
from paired import mechanisms, report

mechanisms("cal.mod")
sec = h.Section(name="dend")
sec.nseg = 4
sec.insert("cal")
for k, seg in enumerate(sec):
    seg.cai, seg.cao = 1e-4 * (k + 1), 1 + k
found = {"before": [[seg.cai, seg.cao, seg.eca] for seg in sec]}
for celsius in (6.3, 35):
    h.celsius = celsius
    h.finitialize(-65)
    found[f"{celsius}"] = [[seg.cai, seg.cao, seg.eca, seg.ica] for seg in sec]
h.ion_style("ca_ion", 1, 2, 1, 0, 0, sec=sec)
for seg in sec:
    seg.cai = 2e-4
h.finitialize(-65)
found["kept"] = [[seg.cai, seg.cao, seg.eca] for seg in sec]

report(found)
