"""Calcium that accumulates under a membrane, a current that depends on it, and KINETIC channels."""

from neuron import h
from paired import mechanisms, report

mechanisms("caaccum.mod", "cal.mod", "markov.mod")
h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
for name in ("hh", "caaccum", "cal", "markov"):
    soma.insert(name)
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1
h.cvode_active(True)
cvode = h.CVode()
h.tstop = 15
names = ["v", "cai", "eca", "ica", "ik"]
variables = [h.Vector().record(getattr(soma(0.5), f"_ref_{name}"), 0.5) for name in names]
found = {}
for atol in (1e-3, 1e-6):
    cvode.atol(atol)
    h.run()
    found[f"{atol}"] = {name: values.c() for name, values in zip(names, variables)}
# v at the foot of the spike moves by atol times the slope.
loose = {"0.001": {"rtol": 1e-3, "atol": 1e-3}}
report(found, rtol=1e-5, atol=1e-5, loose=loose)
