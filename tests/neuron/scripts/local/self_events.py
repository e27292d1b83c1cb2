"""Self events, net_event and WATCH of point processes in cells with steps of their own."""

from neuron import h
from paired import mechanisms, report

mechanisms("burst.mod")
h.load_file("stdrun.hoc")
soma, other = h.Section(name="soma"), h.Section(name="other")
for sec in (soma, other):
    sec.L = sec.diam = 25
    sec.insert("pas")
burst, second, stim = h.Burst(soma(0.5)), h.Burst(other(0.5)), h.NetStim()
stim.interval, stim.number, stim.start = 11, 4, 2
links = []
for source, target, weight, delay in [(stim, burst, 0.003, 0.7), (burst, second, 0.002, 0.4)]:
    link = h.NetCon(source, target)
    link.weight[0], link.delay = weight, delay
    links.append(link)
out = h.NetCon(second, None)
times, own = h.Vector(), h.Vector()
out.record(times)
links[1].record(own)
cvode = h.CVode()
cvode.atol(1e-8)
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(50)
found = {
    "times": times.c(),
    "own": own.c(),
    "counts": [burst.count, second.count, list(links[0].weight), list(links[1].weight)],
    "g": [burst.g, second.g],
    "v": [soma(0.5).v, other(0.5).v],
}
report(found, rtol=1e-9, atol=1e-12, loose={"v": {"rtol": 1e-6}})
