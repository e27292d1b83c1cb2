"""What sections refuse: positions, nseg, names and arguments that cannot be."""

from neuron import h
from paired import raises, report

sec = h.Section(name="soma")
other = h.Section(name="other")


def assign(name, value):
    return raises(setattr, sec, name, value)


report({
    "x above 1": raises(sec, 1.1),
    "x below 0": raises(sec, -0.1),
    "x is a word": raises(sec, "a"),
    "nseg 0": assign("nseg", 0),
    "nseg -1": assign("nseg", -1),
    "L 0": assign("L", 0),
    "L -1": assign("L", -1),
    "L is a word": assign("L", "long"),
    "unknown attribute read": raises(lambda: sec.nonsense),
    "unknown attribute set": assign("gnabar_hh", 1),
    "unknown method": raises(lambda: sec.connnect(other)),
    "connect to nothing": raises(lambda: sec.connect()),
    "connect to a word": raises(lambda: sec.connect("other")),
    "child end 0.5": raises(lambda: sec.connect(other(1), 0.5)),
    "pt3d index": raises(lambda: sec.x3d(0)),
    "pt3dadd of two": raises(lambda: sec.pt3dadd(1, 2)),
    "uninsert unknown": raises(lambda: sec.uninsert("nonsense")),
    "still fine": [sec.L, sec.nseg, sec.name()],
})
