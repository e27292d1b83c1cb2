"""WATCH conditions of point processes under each integrator: how often, in which order, when."""

from integrators import each
from neuron import h
from paired import mechanisms, report

mechanisms("events/watcher.mod")

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, clamps, watchers, netcons, spikes = [], [], [], [], []
for k in range(2):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 20
    soma.insert("hh")
    for start in (1, 14):
        clamp = h.IClamp(soma(0.5))
        clamp.delay, clamp.dur, clamp.amp = start + 0.4 * k, 0.3, 1
        clamps.append(clamp)
    watcher, times = h.Watcher(soma(0.5)), h.Vector()
    source = h.NetCon(watcher, None)
    source.record(times)
    cells.append(soma), watchers.append(watcher), netcons.append(source), spikes.append(times)
# what the first sees on its way up is an event for the second, which then watches for less
link = h.NetCon(watchers[0], watchers[1])
link.delay, link.weight[0] = 4.3, 2
cvode = h.CVode()


def run():
    cvode.maxstep(0.02)
    h.finitialize(-65)
    h.continuerun(30)
    names = ("ups", "downs", "peaks", "state", "trace")
    counts = [[getattr(watcher, name) for name in names] for watcher in watchers]
    return counts, [list(times) for times in spikes], [watcher.last for watcher in watchers]


found = each(h, run)
report(
    {
        "counts": {name: counts for name, (counts, _, _) in found.items()},
        "times": {name: times for name, (_, times, _) in found.items()},
        "last": {name: last for name, (_, _, last) in found.items()},
    },
    # A condition is found at the end of a step.
    loose={"times": {"atol": 0.04}, "last": {"atol": 0.04}},
)
