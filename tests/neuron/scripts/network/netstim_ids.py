"""NetStims with noise whose streams are set anew before each run are the same each time."""

from neuron import h
from paired import report

sec = h.Section(name="nothing")
stim = h.NetStim()
stim.start, stim.number, stim.interval, stim.noise = 2, 15, 3, 1
times = h.Vector()
watch = h.NetCon(stim, None)
watch.record(times)
found = {}


def run(name):
    h.finitialize(-65)
    while h.t < 60:
        h.fadvance()
    found[name] = list(times)


for ids in ((1, 0, 0), (0, 1, 0), (0, 0, 1), (4000000, 2, 65535)):
    stim.noiseFromRandom123(*ids)
    run(f"{ids}")
run("again")
stim.noise = 0
run("no noise")

report(found)
