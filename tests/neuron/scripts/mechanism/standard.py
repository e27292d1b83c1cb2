"""MechanismStandard: names, counts, defaults, values in and out of segments."""

from neuron import h
from paired import report

sec, other = h.Section(name="soma"), h.Section(name="other")
sec.insert("hh")
other.insert("hh")
other.nseg = 3


def names(standard):
    text, found = h.ref(""), []
    for k in range(int(standard.count())):
        size = standard.name(text, k)
        found.append([text[0], size])
    return found


parameters, states = h.MechanismStandard("hh", 1), h.MechanismStandard("hh", 3)
assigned, everything = h.MechanismStandard("hh", 2), h.MechanismStandard("hh", 0)
sec(0.5).hh.gnabar = 0.5
parameters._in(sec=sec)
taken = [parameters.get("gnabar_hh"), parameters.get("el_hh")]
parameters.set("gkbar_hh", 0.01)
parameters.out(other(0.5))
parameters.out(sec=sec)
synapse = h.ExpSyn(sec(0.5))
synapse.tau = 9
point = h.MechanismStandard("ExpSyn", 1)
default = point.get("tau")
point._in(synapse)

report({
    "parameters": names(parameters),
    "states": names(states),
    "assigned": names(assigned),
    "count": everything.count(),
    "taken": taken,
    "one segment": [[seg.hh.gnabar, seg.hh.gkbar] for seg in other],
    "section": [sec(0.5).hh.gnabar, sec(0.5).hh.gkbar],
    "point process": [default, point.get("tau"), names(point)],
})
