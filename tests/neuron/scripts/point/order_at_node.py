"""Point processes of one kind are computed node by node, and at one node the last that was made first."""

from neuron import h
from paired import mechanisms, report

mechanisms("events/ranked.mod")
soma, dend = h.Section(name="soma"), h.Section(name="dend")
dend.connect(soma(1))
dend.nseg = 3
places = [soma(0.5), dend(0.5), soma(0.5), dend(0.9), dend(0.5), soma(0.2)]
points = [h.Ranked(place) for place in places]
found = {}
for name in ("as made", "without one"):
    if name == "without one":
        del points[2]
    h.count_Ranked = 0
    h.finitialize(-65)
    h.fadvance()
    found[name] = [[p.number, p.turn, p.drawn] for p in points]
report(found)
