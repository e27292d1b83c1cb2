"""Iteration over sections and segments gives NEURON's order and positions."""

from neuron import h
from paired import report

secs = [h.Section(name=name) for name in ("b", "a", "c")]
secs[0].nseg = 4
secs[2].nseg = 3
secs[0].connect(secs[2](1))

report({
    "allsec": [sec.name() for sec in h.allsec()],
    "segments": {sec.name(): [seg.x for seg in sec] for sec in secs},
    "allseg": {sec.name(): [seg.x for seg in sec.allseg()] for sec in secs},
    "again": [[seg.x for seg in sec] for sec in h.allsec()],
    "equal": secs[0](0.5) == secs[0](0.5),
    "same segment": [secs[0](0.1) == secs[0](0.2), secs[0](0.1) == secs[0](0.4)],
    "same section": [sec == other for sec in h.allsec() for other in secs],
    "in": secs[1] in h.allsec(),
    "hashes": len({secs[0], secs[0](0.5).sec, secs[1]}),
    "of a segment": [seg.sec.name() for seg in secs[2]],
    "x in a call": [secs[0](x).x for x in (0, 0.1, 0.25, 0.26, 0.5, 0.99, 1)],
})
