"""Several sections may have the same name; each is still itself."""

from neuron import n
from paired import report

secs = [n.Section("same") for _ in range(3)]
for i, sec in enumerate(secs):
    sec.L = 10 * (i + 1)
secs[1].connect(secs[0](1))

report({
    "names": [sec.name() for sec in n.allsec()],
    "L": [sec.L for sec in n.allsec()],
    "equal": secs[0] == secs[1],
    "different": secs[0] != secs[1],
    "same": secs[0].same(secs[1](0.5).sec),
    "child": secs[0].children()[0] == secs[1],
    "set": len(set(secs)),
    "not a section": secs[0] == "same",
})
