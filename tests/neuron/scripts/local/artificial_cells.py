"""Artificial cells between cells with steps of their own: exact events, no integrator."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma, other = h.Section(name="soma"), h.Section(name="other")
for sec in (soma, other):
    sec.L = sec.diam = 20
    sec.insert("pas")
synapse, second = h.ExpSyn(soma(0.5)), h.ExpSyn(other(0.5))
stimulus = h.NetStim()
stimulus.start, stimulus.interval, stimulus.number = 1.25, 2.5, 6
relay, integrator = h.IntFire1(), h.IntFire2()
relay.tau, relay.refrac = 10, 0.5
links = []
for source, target, weight, delay in [
    (stimulus, relay, 0.6, 1),
    (relay, synapse, 0.01, 0.75),
    (relay, integrator, 1.5, 0.5),
    (integrator, second, 0.02, 1.125),
    (stimulus, second, 0.001, 0),
]:
    link = h.NetCon(source, target)
    link.weight[0], link.delay = weight, delay
    links.append(link)
spikes = []
for k in (1, 2, 3):
    if k != 2:
        spikes.append(h.Vector())
        links[k].record(spikes[-1])
cvode = h.CVode()
cvode.atol(1e-7)
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(20)
found = {
    "spikes": [list(times) for times in spikes],
    "v": [soma(0.5).v, other(0.5).v, synapse.g, second.g],
    "method": cvode.current_method(),
}
loose = {"v": {"rtol": 1e-5, "atol": 1e-7}}
report(found, rtol=1e-10, atol=1e-12, loose=loose)
