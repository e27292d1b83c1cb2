"""NetCon.record into two Vectors: the second gets the number of the NetCon unless another is given."""

from neuron import h
from paired import report

source = h.NetStim()
source.number, source.start, source.interval = 3, 1, 2
netcons = [h.NetCon(source, None) for _ in range(3)]
synapse = h.NetCon(source, h.IntFire1(), 7, 2, 0.5)
nothing = h.NetCon(None, h.IntFire1())
times, numbers = h.Vector(), h.Vector()
found = {"thresholds": [synapse.threshold, nothing.threshold]}


def run():
    h.finitialize(-65)
    while h.t < 6:
        h.fadvance()
    return [list(times), list(numbers)]


netcons[1].record(times, numbers)
found["own"] = run()
netcons[1].record(times, numbers, 7)
found["given"] = run()
report(found)
