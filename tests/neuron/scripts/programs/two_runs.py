"""Runs do not depend on earlier ones: the same again after changes and back."""

from neuron import h
from paired import report

soma, dend = h.Section(name="soma"), h.Section(name="dend")
dend.connect(soma(1))
soma.L = soma.diam = 15
dend.L, dend.nseg = 200, 7
for sec in (soma, dend):
    sec.insert("hh")
syn = h.Exp2Syn(dend(0.8))
stim = h.NetStim()
stim.noiseFromRandom123(3, 1, 4)
stim.start, stim.number, stim.interval, stim.noise = 1, 10, 2, 0.7
nc = h.NetCon(stim, syn)
nc.weight[0] = 0.002


def run():
    h.finitialize(-65)
    trace = []
    while h.t < 20:
        h.fadvance()
        trace.append(soma(0.5).v)
    return trace


first = run()
dend.nseg = 3
soma.uninsert("hh")
soma.insert("pas")
other = run()
soma.uninsert("pas")
soma.insert("hh")
dend.nseg = 7

report({"first": first, "other": other, "again": run(), "nseg": dend.nseg})
