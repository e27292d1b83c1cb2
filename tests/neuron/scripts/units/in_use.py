"""A script that writes its numbers with units, as NEURON's tutorial does."""

from neuron import n
from neuron.units import mM, mV, ms, um
from paired import report

n.load_file("stdrun.hoc")
soma = n.Section("soma")
soma.L = soma.diam = 20 * um
soma.insert(n.hh)
soma(0.5).nai = 12 * mM
clamp = n.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 2 * ms, 0.5 * ms, 0.9
v, t = n.Vector().record(soma(0.5)._ref_v), n.Vector().record(n._ref_t)
n.finitialize(-65 * mV)
n.continuerun(10 * ms)

report({"v": v, "t": t})
