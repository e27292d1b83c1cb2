"""The current of an ion is the sum over the mechanisms that write it."""

from neuron import h
from paired import mechanisms, report

mechanisms("kca.mod", "cal.mod")
sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.nseg = 3
for name in ("hh", "kca", "cal"):
    sec.insert(name)
for k, seg in enumerate(sec):
    seg.cai = 2e-4 * (k + 1)
    seg.kca.gbar = 1e-3
h.finitialize(-55)
trace = []
for _ in range(40):
    h.fadvance()
    trace.append([[seg.ik, seg.ina, seg.ica, seg.k_ion.ik, seg.gk_hh] for seg in sec])

report({
    "trace": trace,
    "conductances": [[seg.dik_dv_, seg.dina_dv_, seg.dica_dv_] for seg in sec],
})
