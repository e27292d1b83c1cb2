"""The states of the integrator: values, derivatives, weights, names, and what can be set."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
dend = h.Section(name="dend")
dend.connect(soma(1))
dend.L, dend.diam, dend.nseg = 200, 2, 3
dend.insert("pas")
synapse = h.ExpSyn(dend(0.5))
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 2, 0.3
h.cvode_active(True)
cvode = h.CVode()
cvode.rtol(1e-3)
cvode.atolscale("m_hh", 0.1)
h.finitialize(-65)
found = {}


text = h.ref("")


def named(values):
    """The values by the names of the states: the order is the simulator's own."""
    result = {}
    for i, value in enumerate(values):
        cvode.statename(i, text)
        # NEURON rounds x
        name, _, x = text[0].partition("(")
        result[f"{name} {float(x.rstrip(')') or 0):.3f}"] = value
    return result


def vector(fill):
    values = h.Vector()
    fill(values)
    return named(values)


found["at 0"] = [vector(cvode.states), vector(cvode.dstates), vector(cvode.ygather)]
cvode.solve(3)
found["t"] = h.t
found["at 3"] = [vector(cvode.states), vector(cvode.ygather)]
found["weights"] = vector(cvode.error_weights)
bases = []
for i in range(len(vector(cvode.states))):
    cvode.statename(i, text, 2)
    bases.append(text[0])
found["bases"] = sorted(bases)
found["scales"] = [cvode.atolscale("m_hh"), cvode.atolscale("h_hh"), cvode.atolscale("v")]
y = h.Vector()
cvode.states(y)
y.x[0] = -40
derivatives = h.Vector()
cvode.f(3, y, derivatives)
found["f"] = named(derivatives)
cvode.yscatter(y)
found["v set"] = soma(0.5).v
cvode.re_init()
found["states set"] = vector(cvode.states)
found["derivatives"] = vector(cvode.dstates)
found["method"] = cvode.current_method()
# From 3 ms on there are the errors of the integration, which depend on its steps.
loose = {name: {"rtol": 2e-3, "atol": 2e-3} for name in ("at 3", "weights", "f", "states set", "derivatives")}
report(found, rtol=1e-7, atol=1e-9, loose=loose)
