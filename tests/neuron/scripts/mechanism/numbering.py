"""Classes of point processes: numbers, h.ExpSyn[i], lists of what is alive, aliases."""

from neuron import h
from paired import raises, report

sec = h.Section(name="soma")
first = [h.ExpSyn(sec(0.5)) for _ in range(3)]
listed = h.List("ExpSyn")
begun = [str(each) for each in listed]
del first[1]
after = [str(each) for each in listed]
more = h.ExpSyn(0.5, sec=sec)
gone = raises(lambda: h.ExpSyn[1])
clamp = h.IClamp(sec(0.5))
clamp.delay = 3
found = {
    "begun": begun,
    "after": after,
    "more": [str(more), h.ExpSyn[3] == more, listed.count(), listed.index(more)],
    "gone": gone,
    "hash": {more: 5}[h.ExpSyn[3]],
    "delay": [clamp.delay, "delay" in dir(clamp)],
    "same": [more.same(h.ExpSyn[3]), more.same(first[0])],
    "write unknown": raises(setattr, clamp, "nonsense", 1),
}
del first, more
found["none left"] = listed.count()
found["from the beginning"] = str(h.ExpSyn(sec(0.5)))
report(found)
