"""Events that call Python: chains, changes of parameters at their times, NetCon callbacks with
arguments, stopping."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section("soma")
soma.L = soma.diam = 10
soma.insert("pas")
soma(0.5).pas.e = -70
clamp = h.IClamp(soma(0.5))
clamp.dur = 1e9
log = []
cvode = h.CVode()


def toggle(amp, again):
    clamp.amp = amp
    log.append([h.t, amp, soma(0.5).v])
    if again:
        cvode.event(h.t + 3, (toggle, (-amp, again - 1)))


class Watch:
    def __init__(self):
        self.times = []

    def spike(self, source, extra=None):
        self.times.append([h.t, str(source), extra])
        if len(self.times) == 3:
            cvode.event(h.t + 0.5, lambda: stim_target.send())


class Target:
    def __init__(self):
        self.seen = []

    def send(self):
        self.seen.append(h.t)


watch, stim_target = Watch(), Target()
source = h.NetStim()
source.start, source.number, source.interval = 1, 5, 2.5
nc = h.NetCon(source, None)
nc.record((watch.spike, (source, "x")))
crossing = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
crossing.threshold = -69.5
crossing.record(lambda: log.append(["crossed", h.t]))
start = h.FInitializeHandler(lambda: cvode.event(2, (toggle, (0.01, 5))))
second = h.FInitializeHandler(0, lambda: log.append(["type 0", soma(0.5).v]))
third = h.FInitializeHandler(2, lambda: log.append(["type 2", h.t]))
h.finitialize(-70)
h.continuerun(15)
del third
first = list(log)
log.clear()
h.finitialize(-65)
while h.t < 6:
    h.fadvance()
report({"first": first, "second": log, "watch": watch.times, "target": stim_target.seen, "t": h.t,
        "v": soma(0.5).v})
