"""Local, global and fixed steps by turns in one run, and what the method's number is."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, clamps = [], []
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 12 + 4 * k
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0, 20, 0.15 + 0.1 * k
    cells.append(soma), clamps.append(clamp)
cvode = h.CVode()
cvode.atol(1e-8)
found = {"methods": [cvode.current_method()]}
potentials = lambda: [soma(0.5).v for soma in cells]


def note(name):
    found["methods"].append(cvode.current_method())
    found[name] = [h.t, potentials()]


h.cvode_local(1)
h.finitialize(-65)
cvode.solve(3)
note("local")
cvode.use_local_dt(False)
cvode.solve(6)
note("global")
cvode.use_local_dt(True)
cvode.solve(8)
note("local again")
h.cvode_active(1)
found["flags"] = [cvode.use_local_dt(), cvode.active(), h.cvode_local()]
cvode.solve(9)
note("global again")
cvode.active(False)
h.dt = 0.005
for _ in range(200):
    h.fadvance()
note("fixed")
h.cvode_local(1)
found["on"] = [cvode.use_local_dt(), cvode.active(), h.cvode_local(), h.cvode_active()]
h.cvode_local(0)
found["off"] = [cvode.active(), h.cvode_active()]
# Where steps are of fixed length the conductance's slope is exact here and differenced there.
loose = {"fixed": {"rtol": 1e-4}}
report(found, rtol=2e-6, atol=1e-6, loose=loose)
