"""Initializations of one's own: steady state by a jump in negative time, FInitializeHandlers that
set conductances so that the potential rests, and a run that goes on after changes."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section("soma")
dend = h.Section("dend")
dend.connect(soma)
soma.L = soma.diam = 20
dend.L, dend.diam, dend.nseg = 250, 1.5, 5
soma.insert("hh")
dend.insert("pas")


def steady():
    h.t = -1e6
    dt = h.dt
    h.dt = 1e5
    while h.t < -h.dt:
        h.fadvance()
    h.dt = dt
    h.t = 0
    h.fcurrent()
    h.frecord_init()


def balance():
    for sec in h.allsec():
        for seg in sec:
            if sec.has_membrane("pas"):
                seg.pas.e = seg.v
            else:
                seg.hh.el = (seg.ina + seg.ik + seg.hh.gl * seg.v) / seg.hh.gl


found = {}
v = h.Vector().record(soma(0.5)._ref_v)
t = h.Vector().record(h._ref_t)
h.finitialize(-65)
steady()
found["steady"] = [soma(0.5).v, dend(0.9).v, soma(0.5).m_hh, h.t, len(v), len(t)]
h.continuerun(5)
found["after"] = [soma(0.5).v, dend(0.9).v, h.t, len(v), t[0], t[-1]]
handler = h.FInitializeHandler(1, balance)
h.finitialize(-60)
found["balanced"] = [soma(0.5).el_hh, dend(0.5).e_pas]
h.continuerun(5)
found["rests"] = [soma(0.5).v, dend(0.9).v]
del handler
soma.el_hh = -54.3
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 3, 0.4
h.v_init = -63
h.dt = 0.05
h.stdinit()
found["dt"] = [h.dt, h.steps_per_ms]
h.tstop = 6
h.run()
found["run"] = [h.t, soma(0.5).v, len(v), h.dt]
clamp.amp = 0
h.continuerun(8)
found["further"] = [h.t, soma(0.5).v, len(v)]
h.setdt()
report(found, rtol=1e-7)
