"""cvode.event with a callable under the fixed step: times, order, changes that it makes."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.insert("pas")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur = 0, 1e9
cvode = h.CVode()
calls = []


def note(name):
    calls.append([name, h.t])


def set_current(amp):
    clamp.amp = amp
    calls.append(["amp", h.t])


def again():
    calls.append(["again", h.t])
    if h.t < 3:
        cvode.event(h.t + 0.75, again)


h.finitialize(-65)
cvode.event(1, lambda: note("one"))
cvode.event(1.1, (note, "one more"))
cvode.event(0.51, (note, "off grid"))
cvode.event(0.2, (set_current, 0.3))
cvode.event(2, (set_current, -0.1))
cvode.event(1.5, again)
cvode.event(2.5)
v = []
while h.t < 4:
    h.fadvance()
    v.append(sec(0.5).v)

report({"calls": calls, "v": v})
