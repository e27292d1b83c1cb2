"""A point process with self events of several flags, driven by an IntFire1."""

from neuron import n
from paired import mechanisms, report

mechanisms("burst.mod")
sec = n.Section("soma")
sec.L = sec.diam = 25
sec.insert("pas")
burst, fire, stim = n.Burst(sec(0.5)), n.IntFire1(), n.NetStim()
stim.interval, stim.number, stim.start = 11, 4, 2
into = n.NetCon(stim, burst)
into.weight[0], into.delay = 0.003, 0.7
across = n.NetCon(burst, fire)
across.weight[0], across.delay = 0.6, 0.4
out, burst_out = n.NetCon(fire, None), n.NetCon(burst, None)
times, burst_times = n.Vector(), n.Vector()
out.record(times)
burst_out.record(burst_times)
n.finitialize(-65)
trace = []
while n.t < 50:
    n.fadvance()
    trace.append([burst.g, burst.count, sec(0.5).v])

report({"times": times, "burst": burst_times, "trace": trace, "weights": list(into.weight)})
