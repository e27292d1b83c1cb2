"""states, dstates, statename, error_weights and acor: cell by cell."""

from neuron import h
from paired import report

h.usetable_hh = 0
small, big, dend = h.Section(name="small"), h.Section(name="big"), h.Section(name="dend")
dend.connect(big(1))
dend.nseg = 3
small.insert("hh")
big.insert("pas")
dend.insert("pas")
synapse = h.ExpSyn(dend(0.5))
for sec in (small, big):
    sec.L = sec.diam = 20
dend.L, dend.diam = 100, 2
cvode = h.CVode()
cvode.atol(1e-4)
cvode.atolscale("m_hh", 0.1)
cvode.active(True)
cvode.use_local_dt(True)
h.finitialize(-60)
states, dstates, weights, errors = (h.Vector() for _ in range(4))
cvode.states(states)
cvode.dstates(dstates)
names = []
for style in (1, 2):
    for i in range(len(states)):
        name = h.ref("")
        cvode.statename(i, name, style)
        names.append(name[0])
found = {"names": names, "states": states.c(), "dstates": dstates.c()}
for _ in range(8):
    h.fadvance()
cvode.error_weights(weights)
cvode.acor(errors)
found["weights"] = weights.c()
found["errors"] = [len(errors), errors.c().abs().max() < 1e-2]
spikes = h.Vector()
cvode.spike_stat(spikes)
found["equations"] = spikes[0]
report(found, rtol=1e-9, atol=1e-12, loose={"names": {}, "dstates": {"rtol": 1e-6, "atol": 1e-9}})
