"""StateTransitionEvent under each integrator: when, interpolated with condition_order 2, and what a callable
changes there."""

from integrators import FIXED, LOCAL, WHOLE, each
from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
somas = [h.Section(name=f"soma{k}") for k in range(2)]
for k, soma in enumerate(somas):
    soma.L = soma.diam = 18
    soma.insert("hh" if k == 0 else "pas")
clamps = [h.IClamp(soma(0.5)) for soma in somas]
for clamp in clamps:
    clamp.delay, clamp.dur, clamp.amp = 1, 40, 0.25
level, low, limit = h.ref(-20), h.ref(-55), h.ref(16.3)
calls = []


def called(name):
    calls.append([name, h.t, somas[0](0.5).v])


def stop():
    called("stop")
    clamps[0].amp = 0


# with local steps a machine has to be at a place
machine = h.StateTransitionEvent(4, clamps[0])
machine.transition(0, 1, somas[0](0.5)._ref_v, level, lambda: called("up"))
machine.transition(1, 2, low, somas[0](0.5)._ref_v, lambda: called("down"))
machine.transition(2, 3, h._ref_t, limit, stop)
machine.transition(2, 1, somas[0](0.5)._ref_v, level, lambda: called("again"))
handler = h.FInitializeHandler(1, lambda: machine.state(0))


def run():
    clamps[0].amp = 0.25
    calls.clear()
    h.finitialize(-65)
    h.continuerun(25)
    return [name for name, _, _ in calls], [t for _, t, _ in calls], machine.state(), somas[0](0.5).v


found = each(h, run, (*FIXED, *WHOLE, *LOCAL), atol=1e-6)
of = lambda part: {name: result[part] for name, result in found.items()}
interpolated = found["interpolated"][1]
report(
    {
        "names": of(0),
        "fixed": {name: found[name][1] for name in FIXED},
        "times": {name: found[name][1] for name in ("global", "local")},
        "interpolated": {name: found[name][1] for name in ("interpolated", "local interpolated")},
        "states": of(2),
        "v": {name: found[name][3] for name in FIXED},
        "near": [abs(a - b) < 2e-3 for a, b in zip(interpolated, found["local interpolated"][1])],
    },
    # a crossing is seen at the end of a step, and variable steps are not the same ones
    loose={"times": {"atol": 5e-2}, "interpolated": {"atol": 5e-4}},
)
