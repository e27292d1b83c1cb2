"""str of segments, mechanisms, variables and point processes says where they are."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.insert("pas")
clamp = n.IClamp(sec(0.5))

report({
    "section": str(sec),
    "segment": str(sec(0.5)),
    "quarter": str(sec(0.25)),
    "end": str(sec(1)),
    "mechanism": str(sec(0.5).pas.name()),
    "point": clamp.hname(),
    "point's str": str(clamp),
    "second": str(n.IClamp(sec(0))),
})
