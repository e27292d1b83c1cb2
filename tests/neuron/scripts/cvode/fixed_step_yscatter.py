"""fixed_step from a state that yscatter set, and f at what it leads to."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

text = h.ref("")


def named(values):
    """By the names of the states: their order is the simulator's own."""
    result = {}
    for i, value in enumerate(values):
        cvode.statename(i, text)
        result[text[0]] = value
    return result


cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
y, dydt = h.Vector(), h.Vector()
cvode.ygather(y)
y.x[0] = -50
cvode.yscatter(y)
h.dt = 0.025
for _ in range(4):
    cvode.fixed_step()
cvode.ygather(y)
cvode.f(h.t, y, dydt)
report({"t": h.t, "y": named(y), "dydt": named(dydt)}, rtol=1e-5, atol=1e-9)
