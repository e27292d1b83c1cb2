"""Variable steps in a tutorial script: cvode.active, records, spikes, and the fixed step again."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma, dend = h.Section("soma"), h.Section("dend")
dend.connect(soma)
soma.L = soma.diam = 20
dend.L, dend.diam, dend.nseg = 300, 2, 11
soma.insert("hh")
dend.insert("pas")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 5, 20, 0.9
syn = h.ExpSyn(dend(0.8))
stim = h.NetStim()
stim.start, stim.number = 10, 2
nc = h.NetCon(stim, syn)
nc.weight[0] = 0.005
spikes = h.Vector()
detector = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
detector.record(spikes)
v = h.Vector().record(soma(0.5)._ref_v)
t = h.Vector().record(h._ref_t)
every = h.Vector().record(soma(0.5)._ref_v, 0.5)
cvode = h.CVode()
found = {}
for active, atol in ((1, 1e-6), (0, 1e-3)):
    cvode.active(active)
    h.dt = 0.025  # NEURON leaves the last step of CVODE
    cvode.atol(atol)
    h.finitialize(-65)
    h.continuerun(40)
    found[str(active)] = {
        "spikes": list(spikes),
        "every": list(every),
        "end": h.t,
        "active": cvode.active(),
        "interpolated": list(v.c().interpolate(h.Vector([3, 20, 30]), t)),
        "dense": len(t) == len(v),
    }
report(found, loose={"1": {"rtol": 1e-4, "atol": 2e-2}}, rtol=1e-7)
