"""Events at their exact times: NetCons, a synapse, thresholds at the ends of steps and by
interpolation."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
synapse = h.ExpSyn(soma(0.5))
synapse.tau = 2
second = h.Exp2Syn(soma(0.5))
stimulus = h.NetStim()
stimulus.number, stimulus.start, stimulus.interval = 3, 2.3456, 6.1
connection = h.NetCon(stimulus, synapse)
connection.weight[0], connection.delay = 0.05, 1.111
other = h.NetCon(stimulus, second)
other.weight[0], other.delay = 0.002, 3
spikes = h.Vector()
source = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
source.threshold = -10
source.record(spikes)
g = h.Vector().record(synapse._ref_g)
t = h.Vector().record(h._ref_t)
v = h.Vector().record(soma(0.5)._ref_v, 1)
h.cvode_active(True)
cvode = h.CVode()
cvode.atol(1e-6)
found = {}
for order in (1, 2):
    cvode.condition_order(order)
    h.finitialize(-65)
    h.continuerun(25)
    onset = [time for time in t if abs(time - 3.4566) < 1e-9]
    found[f"order {order}"] = {
        "spikes": spikes.c(),
        "v": v.c(),
        "largest g": g.max(),
        "points at the onset": len(onset),
        "end": [h.t, soma(0.5).v, synapse.g, second.g],
    }
# At the end of a step the time of a spike is as exact as steps are long.
loose = {"order 1": {"rtol": 5e-3, "atol": 1e-3}}
report(found, rtol=1e-5, atol=1e-5, loose=loose)
