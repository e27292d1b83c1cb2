"""NetStim without noise: interval, number, start; started and stopped by events."""

from neuron import n
from paired import report

found = {}
stim = n.NetStim()
found["defaults"] = [stim.interval, stim.number, stim.start, stim.noise]
times = n.Vector()
watch = n.NetCon(stim, None)
watch.record(times)


def run(interval, number, start, until=30):
    stim.interval, stim.number, stim.start = interval, number, start
    n.finitialize(-65)
    while n.t < until:
        n.fadvance()
    return list(times)


sec = n.Section("nothing")
found["regular"] = run(3, 5, 2)
found["start 0"] = run(10, 10, 0)
found["off grid"] = run(1.013, 4, 0.507)
found["number 0"] = run(3, 0, 2)
found["negative start"] = run(3, 5, -1)
found["short interval"] = run(0.01, 6, 1)

switch = n.NetStim()
switch.interval, switch.number, switch.start = 7, 3, 5
on = n.NetCon(switch, stim)
on.weight[0], on.delay = 1, 0.5
found["started by events"] = run(2, 100, -1)
on.weight[0] = -1
found["stopped by an event"] = run(2, 100, 1)

report(found)
