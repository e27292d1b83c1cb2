"""One run to the branching point, from which others go on with SaveState and other stimuli."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section("soma")
soma.L = soma.diam = 20
soma.insert("hh")
dend = h.Section("dend")
dend.connect(soma)
dend.L, dend.diam, dend.nseg = 300, 2, 7
dend.insert("pas")
syn = h.Exp2Syn(dend(0.7))
stim = h.NetStim()
stim.start, stim.number, stim.interval, stim.noise = 2, 100, 4, 0
nc = h.NetCon(stim, syn)
nc.weight[0], nc.delay = 0.004, 1.5
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur = 0, 1e9
v = h.Vector().record(soma(0.5)._ref_v)
t = h.Vector().record(h._ref_t)
spikes = h.Vector()
out = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
out.threshold = -10
out.record(spikes)
h.finitialize(-65)
h.continuerun(20)
state = h.SaveState()
state.save()
found = {"before": [list(v)[::80], list(spikes)]}
for amp in (0, 0.1, -0.1, 0.1):
    state.restore()
    h.frecord_init()
    v.resize(0)
    clamp.amp = amp
    h.continuerun(40)
    found.setdefault("branches", []).append([h.t, soma(0.5).v, dend(0.7).v, syn.g, len(v)])
    found.setdefault("spikes", []).append(list(spikes))

report(found, rtol=1e-7)
