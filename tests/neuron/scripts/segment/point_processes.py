"""point_processes() of a segment: those that are there now, in NEURON's order."""

from neuron import n
from paired import report

sec = n.Section("dend")
sec.nseg = 3
points = [
    n.IClamp(sec(0.5)),
    n.ExpSyn(sec(0.5)),
    n.ExpSyn(sec(0.1)),
    n.Exp2Syn(sec(0.5)),
    n.ExpSyn(sec(0.5)),
    n.AlphaSynapse(sec(1)),
]


def there():
    return [[point.hname().partition("[")[0] for point in seg.point_processes()]
            for seg in sec.allseg()]


before = there()
points[1].loc(sec(0.9))
moved = there()
del points[4]
deleted = there()

report({
    "before": before,
    "moved": moved,
    "deleted": deleted,
    "same": sec(0.5).point_processes()[-1] == points[0],
    "has": [points[0].has_loc(), points[0].get_segment() == sec(0.5), points[0].get_loc()],
})
