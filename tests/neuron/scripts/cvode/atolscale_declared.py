"""<tolerance> of STATE declarations counts until a scale is set."""

from pathlib import Path

from neuron import h
from paired import mechanisms, report

SHIPPED = Path(__file__).resolve().parents[4] / "mod"
mechanisms(SHIPPED / "cabpump.mod")
soma = h.Section(name="soma")
soma.L = soma.diam = 10
soma.insert("cadifpmp")
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
names = ("ca_cadifpmp", "pump_cadifpmp", "pumpca_cadifpmp")
found = {"declared": [cvode.atolscale(name) for name in names]}
cvode.atolscale("pump_cadifpmp", 1e-12)
found["set"] = [cvode.atolscale(name) for name in names]
report(found, rtol=1e-6)
