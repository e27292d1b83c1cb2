"""A type 1 handler changes states and starts events: the run begins from there."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 10
sec.insert("hh")
syn = n.ExpSyn(sec(0.5))
syn.tau = 3
nc = n.NetCon(None, syn)
nc.weight[0] = 0.001
cvode = n.CVode()
calls = []


def begin():
    sec(0.5).hh.m = 0.4
    nc.event(1)
    cvode.event(2, lambda: calls.append(n.t))
    cvode.re_init() if cvode.active() else n.fcurrent()


handler = n.FInitializeHandler(1, begin)
v = n.Vector().record(sec(0.5)._ref_v)
n.finitialize(-65)
ina = sec(0.5).ina
while n.t < 4:
    n.fadvance()

report({"ina": ina, "v": v, "calls": calls, "g": syn.g})
