"""Calcium in shells with a pump in the membrane: KINETIC, tolerances of its own, a current that is
READ and WRITTEN, CONSERVE and STEADYSTATE."""

from pathlib import Path

from neuron import h
from paired import mechanisms, report

SHIPPED = Path(__file__).resolve().parents[4] / "mod"
mechanisms(SHIPPED / "cabpump.mod", "cal.mod")
h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 10
for name in ("hh", "cadifpmp", "cal"):
    soma.insert(name)
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 0.3
h.cvode_active(True)
cvode = h.CVode()
h.tstop = 15
names = ["v", "cai", "ica"]
variables = [h.Vector().record(getattr(soma(0.5), f"_ref_{name}"), 0.5) for name in names]
text = h.ref("")
found = {"scales": [cvode.atolscale("ca_cadifpmp"), cvode.atolscale("pump_cadifpmp")]}
for atol in (1e-3, 1e-5):
    cvode.atol(atol)
    h.run()
    found[f"{atol}"] = {name: values.c() for name, values in zip(names, variables)}
loose = {"0.001": {"rtol": 2e-2, "atol": 1e-3}, "1e-05": {"rtol": 1e-3, "atol": 1e-3}}
report(found, rtol=1e-7, loose=loose)
