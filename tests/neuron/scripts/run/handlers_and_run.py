"""FInitializeHandlers under stdrun's run: once each time, before the first step."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
sec = h.Section(name="soma")
sec.L = sec.diam = 15
sec.insert("hh")
calls = []


class Protocol:
    def __init__(self):
        self.clamp = h.IClamp(sec(0.5))
        self.clamp.dur = 1
        self.handler = h.FInitializeHandler(2, self.begin)
        self.runs = 0

    def begin(self):
        self.runs += 1
        self.clamp.delay = self.runs
        self.clamp.amp = 0.2 * self.runs
        calls.append([h.t, sec(0.5).v, self.runs])


protocol = Protocol()
v = h.Vector().record(sec(0.5)._ref_v)
h.tstop, h.v_init = 4, -63
traces = []
for _ in range(2):
    h.run()
    traces.append(list(v))
h.finitialize(-65)

report({"calls": calls, "traces": traces})
