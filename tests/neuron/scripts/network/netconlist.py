"""cvode.netconlist: by source and target; List("NetCon") of all."""

from neuron import h
from paired import report

secs = [h.Section(name=f"cell{k}") for k in range(3)]
syns = [h.ExpSyn(sec(0.5)) for sec in secs]
stim = h.NetStim()
connections = [h.NetCon(stim, syn) for syn in syns]
connections += [
    h.NetCon(secs[k](0.5)._ref_v, syns[(k + 1) % 3], sec=secs[k]) for k in range(3)
]
cvode = h.CVode()


def listed(found):
    return [connections.index(each) for each in found]


report({
    "all": listed(h.List("NetCon")),
    "count": h.List("NetCon").count(),
    "from the stimulus": listed(cvode.netconlist(stim, "", "")),
    "to a synapse": listed(cvode.netconlist("", "", syns[1])),
    "both": listed(cvode.netconlist(stim, "", syns[2])),
    "none": listed(cvode.netconlist(syns[0], "", "")),
    "everything": len(list(cvode.netconlist("", "", ""))),
    "synlist": listed(connections[0].synlist()),
    "prelist": listed(connections[3].prelist()),
})
