"""Weights changed by callbacks during a run, NetCon.event, active, delays; a rule of STDP in
Python."""

import math

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
pre = [h.NetStim() for _ in range(3)]
soma = h.Section("soma")
soma.L = soma.diam = 15
soma.insert("hh")
syn = h.Exp2Syn(soma(0.5))
syn.tau1, syn.tau2 = 0.5, 4
links, last, history = [], {}, []


def spike_of(k):
    def seen():
        last[k] = h.t
        if "post" in last:
            links[k].weight[0] *= 1 - 0.3 * math.exp((last["post"] - h.t) / 10)
            history.append(["depress", k, h.t, links[k].weight[0]])

    return seen


def post():
    last["post"] = h.t
    for k, link in enumerate(links):
        if k in last:
            link.weight[0] = min(link.weight[0] * (1 + 0.4 * math.exp((last[k] - h.t) / 10)), 0.05)
            history.append(["potentiate", k, h.t, link.weight[0]])


watchers = []
for k, stim in enumerate(pre):
    stim.start, stim.interval, stim.number = 3 + 4 * k, 11 + k, 5
    links.append(h.NetCon(stim, syn, 0, 1 + k, 0.008))
    watcher = h.NetCon(stim, None)
    watcher.record(spike_of(k))
    watchers.append(watcher)
out = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
out.threshold = -10
out.record(post)
weights = [h.Vector().record(link._ref_weight[0]) for link in links]
h.finitialize(-65)
links[0].event(1.5)
links[2].active(False)
h.CVode().event(30, lambda: links[2].active(True))
h.continuerun(60)
found = {
    "history": history,
    "weights": [link.weight[0] for link in links],
    "recorded": [list(each)[::200] for each in weights],
    "v": soma(0.5).v,
}
report(found, rtol=1e-7)
