"""Points in space: adding, reading, changing, inserting and removing them; L and diam from them."""

from neuron import h
from paired import report

sec = h.Section(name="wire")
sec.nseg = 3
sec.pt3dadd(0, 0, 0, 4)
sec.pt3dadd(10, 0, 0, 3.5)
sec.pt3dadd(10, 20, 5, 2)
sec.pt3dadd(25, 20, 5, 1)


def state():
    count = sec.n3d()
    return {
        "n3d": count,
        "points": [[sec.x3d(i), sec.y3d(i), sec.z3d(i), sec.diam3d(i)] for i in range(count)],
        "arc": [sec.arc3d(i) for i in range(count)],
        "L": sec.L,
        "diam": [seg.diam for seg in sec],
        "area": [seg.area() for seg in sec],
        "ri": [seg.ri() for seg in sec.allseg()],
        "volume": [seg.volume() for seg in sec],
    }


states = {"added": state()}
sec.pt3dchange(1, 12, 1, -3, 5)
states["changed"] = state()
sec.pt3dchange(3, 0.75)
states["diameter changed"] = state()
sec.pt3dinsert(2, 11, 9, 1, 2.5)
states["inserted"] = state()
sec.pt3dremove(0)
states["removed"] = state()
sec.nseg = 5
states["more segments"] = state()
sec.pt3dclear()
states["cleared"] = [sec.n3d(), sec.L]
for point in ((0, 0, 0, 6), (3, 0, 0, 5), (4, 1, 2, 4)):
    sec.pt3dadd(*point)
states["again"] = state()
states["spine"] = [sec.spine3d(i) for i in range(sec.n3d())]

report(states)
