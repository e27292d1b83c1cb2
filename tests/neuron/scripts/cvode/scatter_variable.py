"""extra_scatter_gather with variable steps: at each evaluation, and before the integrator begins."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

calls = []


def after_scatter():
    calls.append(["scatter", round(h.t, 6)])


def before_gather():
    calls.append(["gather", round(h.t, 6)])


cvode = h.CVode()
cvode.extra_scatter_gather(0, after_scatter)
cvode.extra_scatter_gather(1, before_gather)
found = {}


def called(name, action, *arguments):
    action(*arguments)
    found[name] = list(calls)
    calls.clear()


called("active", cvode.active, True)
called("finitialize", h.finitialize, -65)
called("fadvance", h.fadvance)
called("fadvance again", h.fadvance)
called("re_init", cvode.re_init)
y, dydt = h.Vector(), h.Vector()
called("states", cvode.states, y)
called("ygather", cvode.ygather, y)
called("yscatter", cvode.yscatter, y)
called("f", cvode.f, h.t, y, dydt)
called("dstates", cvode.dstates, dydt)
h.dt = 0.025
called("fixed_step", cvode.fixed_step)
cvode.re_init()
calls.clear()
cvode.active(False)
called("active in a run", cvode.active, True)
called("solve", cvode.solve, h.t + 0.05)
cvode.extra_scatter_gather_remove(after_scatter)
cvode.extra_scatter_gather_remove(before_gather)
called("none", h.fadvance)
# Steps have not the same lengths to the last bit.
report(found, rtol=1e-5)
