"""SaveState: a run that is saved, disturbed and restored goes on as it would have."""

from neuron import n
from paired import report

soma, dend = n.Section("soma"), n.Section("dend")
dend.connect(soma(1))
soma.L = soma.diam = 15
dend.nseg = 3
for sec in (soma, dend):
    sec.insert("hh")
syn = n.Exp2Syn(dend(0.5))
stim = n.NetStim()
stim.interval, stim.number, stim.start = 3, 20, 1
nc = n.NetCon(stim, syn)
nc.weight[0], nc.delay = 0.003, 1.7


def steps(count):
    trace = []
    for _ in range(count):
        n.fadvance()
        trace.append([n.t, soma(0.5).v, dend(0.5).v, dend(0.5).hh.m, syn.g])
    return trace


n.finitialize(-65)
steps(200)
saved = n.SaveState()
saved.save()
first = steps(300)
n.finitialize(-40)
steps(17)
saved.restore()
restored = [n.t, soma(0.5).v, syn.g]
second = steps(300)

report({
    "restored": restored,
    "the same": first == second,
    "first": first,
    "second": second,
})
