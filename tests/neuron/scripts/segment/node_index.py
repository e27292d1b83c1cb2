"""node_index: one number for each node, the same for places that share one."""

from neuron import h
from paired import report

soma, dend, axon = [h.Section(name=name) for name in ("soma", "dend", "axon")]
dend.connect(soma(1))
axon.connect(soma(0))
dend.nseg = 3
h.finitialize(-65)
indices = [seg.node_index() for sec in (soma, dend, axon) for seg in sec]
ends = [sec(1).node_index() for sec in (dend, axon)]

report({
    "distinct": len(set(indices + ends)) == len(indices + ends),
    "indices": indices,
    "ends": ends,
    "shared": [dend(0).node_index() == soma(1).node_index()],
    "root": soma(0).node_index(),
})
