"""NetStim with noise from Random123 streams, again in the next run, and with other ids."""

from neuron import n
from paired import report

sec = n.Section("nothing")
found = {}
stims, vectors, watches = [], [], []
for k, (noise, interval) in enumerate(((1, 5), (0.5, 5), (0.2, 2), (1, 0.7))):
    stim = n.NetStim()
    stim.noiseFromRandom123(k + 1, 2 * k, 3)
    stim.interval, stim.number, stim.start, stim.noise = interval, 40, 1.5, noise
    watch, times = n.NetCon(stim, None), n.Vector()
    watch.record(times)
    stims.append(stim), watches.append(watch), vectors.append(times)


def run():
    n.finitialize(-65)
    while n.t < 60:
        n.fadvance()
    return [list(times) for times in vectors]


found["first"] = run()
found["second run is the same"] = run() == found["first"]
stims[0].noiseFromRandom123(9, 9, 9)
found["other ids"] = run()

report(found)
