"""Point processes keep their places, as far as there are segments, when nseg changes."""

from neuron import n
from paired import report

sec = n.Section("dend")
sec.nseg = 5
points = [n.ExpSyn(sec(x)) for x in (0, 0.05, 0.3, 0.5, 0.7, 1)]
for i, point in enumerate(points):
    point.tau = i + 1
    point.e = -i


def places():
    return [point.get_segment().x for point in points]


found = {"5": places()}
for count in (9, 3, 1, 7):
    sec.nseg = count
    found[str(count)] = places()
points[2].loc(sec(0.9))
found["moved"] = places()
found["tau"] = [point.tau for point in points]
found["e"] = [point.e for point in points]
found["there"] = [len(seg.point_processes()) for seg in sec.allseg()]

report(found)
