"""NetCon.record: times, with ids, as callables, and ended by record()."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 18
sec.insert("hh")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 40, 0.4
times, all_times, ids = h.Vector(), h.Vector(), h.Vector()
calls = []
soma = h.NetCon(sec(0.5).hh._ref_m, None, sec=sec)
soma.threshold = 0.8
soma.record(times)
stim = h.NetStim()
stim.interval, stim.number, stim.start = 9, 4, 2
watches = [h.NetCon(sec(0.5)._ref_v, None, sec=sec), h.NetCon(stim, None)]
for k, watch in enumerate(watches):
    watch.record(all_times, ids, k + 5)
called = h.NetCon(stim, None)
called.record(lambda: calls.append(h.t))
h.finitialize(-65)
while h.t < 40:
    h.fadvance()
found = {
    "times": list(times),
    "all": [list(all_times), list(ids)],
    "calls": calls[:],
    "recording": list(soma.get_recordvec()),
}
soma.record()
h.finitialize(-65)
while h.t < 5:
    h.fadvance()
found["ended"] = list(times)
found["others go on"] = list(all_times)

report(found)
