"""Events of the caller, of recordings and of NetCons in what statistics prints."""

from neuron import h
from paired import captured, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

source = h.NetStim()
source.number, source.start, source.interval = 3, 1, 2
synapse = h.ExpSyn(soma(0.5))
artificial = h.IntFire1()
artificial.tau, artificial.refrac = 10, 1.5
to_synapse = h.NetCon(source, synapse)
to_synapse.weight[0], to_synapse.delay = 0.001, 1.5
to_artificial = h.NetCon(source, artificial)
to_artificial.weight[0], to_artificial.delay = 0.6, 0.5
silent = h.NetCon(source, synapse)
silent.active(0)

import re

cvode = h.CVode()
cvode.active(False)
sampled = h.Vector().record(soma(0.5)._ref_v, 1)
h.finitialize(-65)
cvode.event(2.5, lambda: None)
h.continuerun(3)
text = captured(cvode.statistics)


def numbers(name):
    line = next(line for line in text.splitlines() if line.startswith(name))
    return [int(n) for n in re.findall(r"=(\d+)", line)]


found = {
    "queue": numbers("insertions"),
    "NetCon": numbers("NetCon"),
    "self": numbers("SelfEvent"),
    "record": numbers("PlayRecord"),
    "caller": numbers("HocEvent"),
}
found["queue"] = found["queue"][:3]
# NEURON counts nothing but what goes through the queue. The second of NetStim's events at 1
# fires, so does the one at 3 (NetCon events for 1.5, 2.5; 3.5, 4.5 and two withheld); samples at 0, 1, 2, 3.
expect = {
    "NetCon": [4, 2, 2],
    "self": [4, 0, 3],
    "record": [5, 4],
    "caller": [1, 1],
}
report(found, expect=expect)
