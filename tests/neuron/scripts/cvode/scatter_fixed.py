"""extra_scatter_gather with the fixed step: between voltages and states, and at re_init."""

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


called("finitialize", h.finitialize, -65)
called("fadvance", h.fadvance)
called("fadvance again", h.fadvance)
called("re_init", cvode.re_init)
called("fixed_step", cvode.fixed_step)
cvode.extra_scatter_gather_remove(after_scatter)
called("without scatter", h.fadvance)
called("still gather", cvode.re_init)
cvode.extra_scatter_gather_remove(before_gather)
called("none", cvode.re_init)
report(found)
