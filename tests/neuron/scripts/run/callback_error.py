"""An exception in a callable ends finitialize or the step with an exception."""

from neuron import h
from paired import raises, report

sec = h.Section(name="soma")
sec.insert("pas")


def fail():
    raise ValueError("on purpose")


handler = h.FInitializeHandler(1, fail)
in_handler = raises(lambda: h.finitialize(-65))
del handler
fine = h.finitialize(-65)
cvode = h.CVode()
cvode.event(0.1, fail)


def steps():
    for _ in range(20):
        h.fadvance()


in_event = raises(steps)
h.finitialize(-60)
for _ in range(4):
    h.fadvance()

report({"handler": in_handler, "fine": fine, "event": in_event, "v": sec(0.5).v, "t": h.t})
