"""Random123_globalindex: all streams change, from the next four numbers on."""

from neuron import h
from paired import raises, report

r = h.Random()
r.Random123(1, 2, 3)
before = [r.uniform(0, 1) for _ in range(2)]
old = r.Random123_globalindex(), r.Random123_globalindex(5), h.Random().Random123_globalindex()
after = [r.repick() for _ in range(6)]
other = h.Random()
other.Random123(1, 2, 3)
new = [other.uniform(0, 1) for _ in range(6)]
other.Random123_globalindex(0)
other.Random123(1, 2, 3)

report({
    "before": before,
    "index": old,
    "after": after,
    "new stream": new,
    "back": other.uniform(0, 1) == before[0],
    "refused": raises(r.Random123_globalindex, -1),
}, rtol=1e-15)
