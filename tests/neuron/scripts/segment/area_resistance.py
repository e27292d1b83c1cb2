"""area, ri, volume and their functions h.area and h.ri over a branched tree."""

from neuron import h
from paired import report

trunk, left, right = [h.Section(name=name) for name in ("trunk", "left", "right")]
left.connect(trunk(1))
right.connect(trunk(0.3))
for sec, L, diam, nseg, Ra in (
    (trunk, 90, 4, 3, 100), (left, 33.3, 1.1, 4, 70), (right, 250, 0.7, 7, 150),
):
    sec.L, sec.diam, sec.nseg, sec.Ra = L, diam, nseg, Ra
secs = [trunk, left, right]

report({
    "area": [[seg.area() for seg in sec.allseg()] for sec in secs],
    "ri": [[seg.ri() for seg in sec.allseg()] for sec in secs],
    "volume": [[seg.volume() for seg in sec.allseg()] for sec in secs],
    "h.area": [[h.area(x, sec=sec) for x in (0.1, 0.5, 0.8)] for sec in secs],
    "h.ri": [[h.ri(x, sec=sec) for x in (0, 0.1, 0.5, 0.8, 1)] for sec in secs],
    "total": sum(seg.area() for sec in h.allsec() for seg in sec),
})
