"""NetCon.setpost moves a connection to another target, or to none."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.insert("pas")
one, two, stim = n.ExpSyn(sec(0.5)), n.ExpSyn(sec(0.5)), n.NetStim()
one.tau = two.tau = 5
stim.start, stim.number, stim.interval = 1, 20, 1
nc = n.NetCon(stim, one)
nc.weight[0], nc.delay = 0.01, 0.25
n.finitialize(-65)
trace = []


def steps(until):
    while n.t < until:
        n.fadvance()
        trace.append([one.g, two.g])


steps(2.6)
nc.setpost(two)
moved = [nc.syn() == two, nc.valid(), nc.weight[0], nc.delay]
nc.weight[0] = 0.02
steps(4.6)
nc.setpost(None)
none = [nc.syn() is None, nc.valid()]
steps(6)

report({"trace": trace, "moved": moved, "none": none})
