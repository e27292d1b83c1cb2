"""Which segment a position belongs to, for several nseg, also at the borders."""

from neuron import h
from paired import report

sec = h.Section(name="dend")
sec.insert("pas")
found = {}
for nseg in (1, 2, 3, 5, 10):
    sec.nseg = nseg
    h.finitialize()
    for i, seg in enumerate(sec):
        seg.pas.g = i
    positions = [0.001, 0.1, 0.2, 0.3, 1 / 3, 0.4, 0.5, 0.6, 2 / 3, 0.7, 0.8, 0.9, 0.999]
    found[str(nseg)] = [sec(x).pas.g for x in positions]
    found[f"{nseg} node"] = [sec(x).node_index() for x in (0.1, 0.5, 0.9)]

report(found)
