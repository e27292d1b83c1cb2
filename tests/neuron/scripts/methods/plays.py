"""Vectors that are played, as steps, lines and values at intervals, and recorded, under each integrator."""

from integrators import each
from neuron import h
from paired import report

h.load_file("stdrun.hoc")
somas = [h.Section(name=f"soma{k}") for k in range(3)]
stimuli = []
for soma in somas:
    soma.L = soma.diam = 15
    soma.insert("pas")
    stimulus = h.IClamp(soma(0.5))
    stimulus.dur = 1e9
    stimuli.append(stimulus)
steps, step_times = h.Vector([0, 0.1, -0.05, 0.02]), h.Vector([0, 1.3, 2.77, 5])
steps.play(stimuli[0]._ref_amp, step_times)
corners, corner_times = h.Vector([0, 0, 0.2, -0.1, -0.1]), h.Vector([0, 1.1, 2.2, 2.2, 7.3])
corners.play(stimuli[1]._ref_amp, corner_times, True)
equal = h.Vector([0.05, 0.1, 0, -0.1])
equal.play(stimuli[2]._ref_amp, 1.5)
at = h.Vector([0, 0.31, 1.3, 2.2, 2.5, 2.77, 4, 4, 6.999, 8])
given = [h.Vector() for _ in somas]
spaced = [h.Vector() for _ in somas]
for soma, one, other in zip(somas, given, spaced):
    one.record(soma(0.5)._ref_v, at)
    other.record(soma(0.5)._ref_v, 0.8)


def run():
    h.finitialize(-65)
    h.continuerun(8)
    return [list(each) for each in given], [list(each) for each in spaced]


found = each(h, run)
report(
    {
        "at times": {name: one for name, (one, _) in found.items()},
        "at intervals": {name: other for name, (_, other) in found.items()},
    },
    # steps are not the same ones
    rtol=1e-6,
    atol=1e-4,
)
