"""A fixed step among variable ones, from the states that there are."""

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
cvode.atol(1e-6)
h.finitialize(-65)
cvode.solve(1.25)
y = h.Vector()
cvode.states(y)
before = y.c()
h.dt = 0.01
cvode.fixed_step()
found = {"t": h.t}
cvode.states(y)
found["states stay"] = y.eq(before)
cvode.ygather(y)
found["model"] = named(y)
cvode.re_init()
cvode.states(y)
found["after re_init"] = named(y)
found["goes on"] = h.t
cvode.solve(3)
found["end"] = [h.t, soma(0.5).v]
report(found, rtol=1e-4)
