"""Connections and events that cannot be."""

from neuron import h
from paired import raises, report

sec = h.Section(name="soma")
syn, stim = h.ExpSyn(sec(0.5)), h.NetStim()
nc = h.NetCon(stim, syn)

report({
    "weight index": raises(lambda: nc.weight[1]),
    "set weight index": raises(lambda: nc.weight.__setitem__(1, 3)),
    "a word for a weight": raises(lambda: nc.weight.__setitem__(0, "big")),
    "a word for a delay": raises(setattr, nc, "delay", "long"),
    "unknown": raises(lambda: nc.nothing),
    "set unknown": raises(setattr, nc, "nothing", 1),
    "a segment as target": raises(lambda: h.NetCon(stim, sec(0.5))),
    "a section as source": raises(lambda: h.NetCon(sec, syn)),
    "no argument": raises(lambda: h.NetCon()),
    "record of a number": raises(lambda: nc.record(3)),
    "event of a word": raises(lambda: nc.event("soon")),
    "still": [nc.weight[0], nc.delay, nc.valid()],
})
