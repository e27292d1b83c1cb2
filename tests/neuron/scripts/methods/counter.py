"""APCount under each integrator: how many, and when."""

from integrators import each
from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 40, 0.25
counter = h.APCount(soma(0.5))
counter.thresh = -10
times = h.Vector()
counter.record(times)


def run():
    h.finitialize(-65)
    h.continuerun(40)
    return counter.n, list(times), counter.time


found = each(h, run, atol=1e-5)
report(
    {
        "n": {name: n for name, (n, _, _) in found.items()},
        "times": {name: times for name, (_, times, _) in found.items()},
        "last": {name: last for name, (_, _, last) in found.items()},
    },
    # a count is at the end of a step, and variable steps are not the same ones
    loose={"times": {"atol": 0.05}, "last": {"atol": 0.05}},
)
