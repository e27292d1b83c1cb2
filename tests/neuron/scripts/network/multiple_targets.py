"""One source and many targets, and many sources of one target."""

from neuron import n
from paired import report

post = [n.Section(f"post{k}") for k in range(5)]
syns = []
for k, sec in enumerate(post):
    sec.L = sec.diam = 15 + k
    sec.insert("pas")
    syn = n.Exp2Syn(sec(0.5))
    syn.tau1, syn.tau2 = 0.3 + 0.1 * k, 3
    syns.append(syn)
stims = [n.NetStim() for _ in range(3)]
for k, stim in enumerate(stims):
    stim.start, stim.interval, stim.number = 1 + k, 2.2 + k, 6
connections = []
for i, stim in enumerate(stims):
    for j, syn in enumerate(syns):
        nc = n.NetCon(stim, syn)
        nc.weight[0], nc.delay = 0.0002 * (1 + i + j), 0.2 + 0.11 * i * j
        connections.append(nc)
n.finitialize(-70)
trace = []
while n.t < 15:
    n.fadvance()
    trace.append([sec(0.5).v for sec in post])

report({"trace": trace, "g": [syn.g for syn in syns]})
