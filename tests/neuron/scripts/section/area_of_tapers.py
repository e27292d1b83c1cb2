"""Areas and resistances of sections with tapering points, for several nseg."""

from neuron import h
from paired import report

sec = h.Section(name="taper")
for x, y, diam in ((0, 0, 6), (20, 5, 6), (20, 5, 2), (50, 0, 1), (51, 3, 8), (90, 3, 0.5)):
    sec.pt3dadd(x, y, 0, diam)
found = {}
for nseg in (1, 2, 3, 7, 20):
    sec.nseg = nseg
    found[str(nseg)] = {
        "area": [seg.area() for seg in sec],
        "diam": [seg.diam for seg in sec],
        "ri": [seg.ri() for seg in sec.allseg()],
        "volume": [seg.volume() for seg in sec],
    }
sec.L = 200
found["L set"] = [sec.L, [seg.area() for seg in sec], [sec.arc3d(k) for k in range(sec.n3d())]]
sec(0.5).diam = 4
found["diam set"] = [[seg.diam for seg in sec], [sec.diam3d(k) for k in range(sec.n3d())]]

report(found)
