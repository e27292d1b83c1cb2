"""psolve with recorded Vectors, events by callables and a NetStim, in several pieces."""

from neuron import h
from paired import report

pc = h.ParallelContext()
sec = h.Section(name="soma")
sec.L = sec.diam = 15
sec.insert("hh")
syn = h.ExpSyn(sec(0.5))
stim = h.NetStim()
stim.start, stim.number, stim.interval = 1, 5, 3
nc = h.NetCon(stim, syn)
nc.weight[0], nc.delay = 0.01, 0.7
v, t = h.Vector().record(sec(0.5)._ref_v), h.Vector().record(h._ref_t)
calls = []
cvode = h.CVode()
step = pc.set_maxstep(0.5)
h.finitialize(-65)
cvode.event(2.2, lambda: calls.append(h.t))
times = []
for stop in (0.1, 1, 1.01, 5, 12):
    pc.psolve(stop)
    times.append(h.t)

report({"v": v, "t": t, "calls": calls, "times": times, "step": step})
