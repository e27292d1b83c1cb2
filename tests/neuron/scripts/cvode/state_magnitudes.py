"""The largest magnitudes of states and errors: by state, and by name."""

from models import clamped_soma, named
from neuron import h
from paired import raises, report

soma, stimulus = clamped_soma()

synapse = h.ExpSyn(soma(0.5))
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-4)
cvode.state_magnitudes(1)
h.finitialize(-65)
h.continuerun(6)
values = h.Vector()
cvode.state_magnitudes(values, 0)
found = {"states": named(values)}
cvode.state_magnitudes(values, 1)
errors = named(values)
found["errors"] = all(0 <= error < 0.1 for error in errors.values())
cvode.state_magnitudes(2)
error = h.ref(0)
for name in ("v", "m_hh", "ExpSyn.g", "Exp2Syn.A"):
    found[name] = cvode.state_magnitudes(name, error)
    found["error of " + name] = error[0] if error[0] < 0 else error[0] in errors.values()
found["unknown"] = raises(cvode.state_magnitudes, "nosuch", error)
cvode.state_magnitudes(0)
report(found, rtol=1e-3)
