"""StateTransitionEvent: states, conditions on variables, callables at the transition."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 18
sec.insert("hh")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 40, 0.4
level, low, limit = h.ref(-20), h.ref(-50), h.ref(12)
calls = []
machine = h.StateTransitionEvent(3)
machine.transition(0, 1, sec(0.5)._ref_v, level, lambda: calls.append(["up", h.t]))
machine.transition(1, 2, h._ref_t, limit, lambda: calls.append(["time", h.t]))
machine.transition(2, 2, sec(0.5)._ref_v, low, lambda: calls.append(["low", h.t]))
handler = h.FInitializeHandler(1, lambda: machine.state(0))
h.finitialize(-65)
states = []
while h.t < 40:
    h.fadvance()
    states.append(machine.state())

report({"calls": calls, "states": states})
