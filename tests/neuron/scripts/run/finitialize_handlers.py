"""FInitializeHandlers of types 0 to 3: their order, and what they see of v, t and states."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 10
sec.insert("hh")
calls = []


def note(name):
    calls.append([name, h.t, sec(0.5).v, sec(0.5).hh.m, sec(0.5).ina])


def set_v():
    note("sets v")
    sec(0.5).v = -50


handlers = [
    h.FInitializeHandler(3, lambda: note("3")),
    h.FInitializeHandler(2, lambda: note("2")),
    h.FInitializeHandler(0, lambda: note("0")),
    h.FInitializeHandler(1, lambda: note("1")),
    h.FInitializeHandler(lambda: note("default")),
    h.FInitializeHandler(0, (note, "0 again")),
]
h.finitialize(-65)
first = calls[:]
calls.clear()
del handlers[1]
setter = h.FInitializeHandler(0, set_v)
h.t = 7
h.finitialize(-65)
second = calls[:]
calls.clear()
del handlers, setter
h.finitialize(-65)

report({"first": first, "second": second, "third": calls, "m": sec(0.5).hh.m})
