"""Voltages set per segment before finitialize() and during a run."""

from neuron import n
from paired import report

sec = n.Section("dend")
sec.L, sec.diam, sec.nseg = 200, 1, 5
sec.insert("hh")
for k, seg in enumerate(sec):
    seg.v = -80 + 5 * k
n.finitialize()
begun = [[seg.v, seg.hh.m] for seg in sec]
for _ in range(40):
    n.fadvance()
middle = [seg.v for seg in sec.allseg()]
sec.v = -50
at_once = [seg.v for seg in sec.allseg()]
sec(1).v = -40
for _ in range(40):
    n.fadvance()

report({"begun": begun, "middle": middle, "set": at_once, "end": [seg.v for seg in sec.allseg()]})
