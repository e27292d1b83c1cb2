"""Setting L, diam, nseg and Ra: what segments, areas and resistances become."""

from neuron import h
from paired import report

sec = h.Section(name="cable")
sec.L = 123.4
sec.diam = 3.2
sec.Ra = 87.5
sec.nseg = 5
first = [[seg.x, seg.diam, seg.area(), seg.ri(), seg.volume()] for seg in sec]
for seg in sec:
    seg.diam = 1 + 2 * seg.x
tapered = [[seg.diam, seg.area(), seg.ri(), seg.volume()] for seg in sec]
sec(0.1).diam = 7
one = [seg.diam for seg in sec]
sec.L = 50
shorter = [[seg.area(), seg.ri()] for seg in sec.allseg()]
sec.Ra = 100
resistance = [seg.ri() for seg in sec]

report({
    "first": first,
    "tapered": tapered,
    "one changed": one,
    "shorter": shorter,
    "Ra changed": resistance,
    "ends": [sec(0).area(), sec(1).area(), sec(0).ri(), sec(1).ri()],
    "ends' diam": [sec(0).diam, sec(1).diam],
    "L": sec.L,
})
