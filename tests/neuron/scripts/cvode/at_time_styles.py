"""at_time in conditions, expressions and calls: with the fixed step and with variable ones."""

from neuron import h
from paired import mechanisms, report

mechanisms("events/timed.mod", "pulse.mod")

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

timed = h.Timed(soma(0.5))
pulses = [h.Pulse(soma(0.5)) for _ in range(2)]
for style, pulse in enumerate(pulses):
    pulse.on, pulse.off, pulse.amp, pulse.style = 0.8 + style, 2.6 + style, 0.05, style
cvode = h.CVode()
found = {}
for active in (False, True):
    cvode.active(active)
    cvode.atol(1e-9)
    h.dt = 0.025
    h.finitialize(-65)
    if active:
        cvode.solve(5)
    else:
        h.continuerun(5)
    found[f"active {active}"] = [soma(0.5).v, timed.i, *(pulse.i for pulse in pulses)]
    if not active:
        found["hits"] = [timed.hits, timed.late, timed.both, timed.sum]
# With variable steps how often blocks are computed is the integrator's affair.
report(found, rtol=1e-7)
