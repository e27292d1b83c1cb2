"""The first steps of NEURON's own tutorial: a soma, a pulse, a spike, its time."""

from neuron import n
from neuron.units import ms, mV, um
from paired import report

n.load_file("stdrun.hoc")
soma = n.Section("soma")
soma.L = soma.diam = 20 * um
soma.insert("hh")
iclamp = n.IClamp(soma(0.5))
iclamp.delay = 2
iclamp.dur = 0.1
iclamp.amp = 0.9
v = n.Vector().record(soma(0.5)._ref_v)
t = n.Vector().record(n._ref_t)
n.finitialize(-65 * mV)
n.continuerun(40 * ms)
listed, times = list(v), list(t)
peak = max(listed)

report({
    "points": [len(listed), len(times)],
    "peak": [peak, times[listed.index(peak)]],
    "v": listed,
})
