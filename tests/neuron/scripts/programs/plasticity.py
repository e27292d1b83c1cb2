"""Weights changed by Python at each spike, from NetCon.record with a callable."""

from neuron import h
from paired import report

pre, post = h.Section(name="pre"), h.Section(name="post")
for sec in (pre, post):
    sec.L = sec.diam = 16
    sec.insert("hh")
drive = h.IClamp(pre(0.5))
drive.delay, drive.dur, drive.amp = 1, 100, 0.3
syn = h.ExpSyn(post(0.5))
syn.tau = 2
nc = h.NetCon(pre(0.5)._ref_v, syn, -10, 1.5, 0.001, sec=pre)
history = []
post_watch = h.NetCon(post(0.5)._ref_v, None, sec=post)
pre_watch = h.NetCon(pre(0.5)._ref_v, None, sec=pre)


def pre_spike():
    nc.weight[0] += 0.0005
    history.append(["pre", h.t, nc.weight[0]])


def post_spike():
    nc.weight[0] *= 0.9
    history.append(["post", h.t, nc.weight[0]])


pre_watch.record(pre_spike)
post_watch.record(post_spike)
h.finitialize(-65)
while h.t < 70:
    h.fadvance()

report({"history": history, "weight": nc.weight[0], "v": [pre(0.5).v, post(0.5).v]})
