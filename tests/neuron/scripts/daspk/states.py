"""States of IDA: how many, their names and values, and switching between methods."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 100, 2, 3
cable.insert("hh")
cable.insert("extracellular")
cable.xraxial[0], cable.xg[0] = 100, 0.01
cvode = h.CVode()
cvode.active(True)
cvode.use_daspk(True)
h.finitialize(-65)
states = h.Vector()
cvode.states(states)
name = h.ref("")
names = []
for i in range(int(states.size())):
    cvode.statename(i, name, 2)
    names.append(name[0])
methods = [cvode.current_method(), cvode.use_daspk(), cvode.use_mxb()]
cvode.active(False)
h.finitialize(-65)
methods.append([cvode.current_method(), cvode.use_mxb()])
report({
    "count": states.size(),
    "kinds": {kind: names.count(kind) for kind in ("v", "vext", "m_hh", "h_hh", "n_hh")},
    "values": sorted(states),
    "methods": methods,
}, rtol=1e-5, atol=1e-6)
