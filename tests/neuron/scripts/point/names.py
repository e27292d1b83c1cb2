"""hname numbers the instances of a class; classes are attributes of h and n alike."""

from neuron import h, n
from paired import report

sec = n.Section("soma")
first = [n.ExpSyn(sec(0.5)) for _ in range(3)]
names = [syn.hname() for syn in first]
del first[1]
again = n.ExpSyn(sec(0.5))

report({
    "names": names,
    "after one is gone": again.hname(),
    "stim": [n.NetStim().hname(), h.IntFire1().hname()],
    "connection": n.NetCon(None, again).hname(),
    "vector": n.Vector().hname()[:6],
    "list": len(list(n.List("ExpSyn"))),
    "of the list": [syn.hname() for syn in n.List("ExpSyn")],
})
