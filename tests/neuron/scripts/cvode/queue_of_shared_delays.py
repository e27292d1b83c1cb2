"""What the queue has of a source with more than two NetCons: one event if they have one delay."""

from neuron import h
from paired import report

source = h.NetStim()
source.start, source.number, source.interval = 1, 5, 1
targets = [h.IntFire1() for _ in range(3)]
netcons = [h.NetCon(source, target, 0, 2.5, 0.1) for target in targets]
cvode = h.CVode()
found = {}


def queued():
    times, due, listed, counts = h.Vector(), h.Vector(), h.List(), h.Vector()
    cvode.print_event_queue(times)
    cvode.event_queue_info(2, due, listed)
    cvode.spike_stat(counts)
    named = sorted(zip(due, [netcon.hname() for netcon in listed]))
    return [list(times), named, list(counts)[8:], [target.m for target in targets]]


def to(t):
    while h.t < t - 1e-9:
        h.fadvance()
    return queued()


h.finitialize()
found["one delay"] = [to(1.5), to(2.5), to(4)]
h.finitialize()
to(1.5)
netcons[1].delay = 3
found["set while under way"] = [to(2.5), to(3.75), to(5)]
h.finitialize()
found["different"] = [to(1.5), to(4)]
netcons[1].delay = 2.5
netcons[2].active(False)
h.finitialize()
found["inactive"] = [to(1.5), to(4)]
netcons[2].active(True)
state = h.SaveState()
h.finitialize()
to(1.5)
state.save()
h.finitialize()
state.restore()
found["restored"] = to(4)[3]
report(found, rtol=1e-9)
