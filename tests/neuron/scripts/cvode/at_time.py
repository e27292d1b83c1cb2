"""Discontinuities at their exact times, in both styles of at_time."""

from neuron import h
from paired import mechanisms, report

mechanisms("pulse.mod")
h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65
pulses = [h.Pulse(soma(0.5)) for _ in range(3)]
for k, pulse in enumerate(pulses):
    pulse.on, pulse.off = 1.1 + 2.3 * k, 2.05 + 3.1 * k
    pulse.amp, pulse.style = 0.1 * (k + 1), k % 2
h.cvode_active(True)
h.CVode().atol(1e-8)
v = h.Vector().record(soma(0.5)._ref_v, 0.25)
t = h.Vector().record(h._ref_t)
total = h.Vector().record(pulses[1]._ref_i)
h.finitialize(-65)
h.continuerun(12)
times = [round(time, 9) for time in t]
edges = [edge for pulse in pulses for edge in (pulse.on, pulse.off)]
found = {
    "v": v,
    "edges": [times.count(round(edge, 9)) for edge in edges],
    "level": sorted({round(level, 12) for level in total}),
}
report(found, rtol=1e-7, atol=1e-7)
