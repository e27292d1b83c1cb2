"""use_long_double is kept, and changes no result beyond roundoff."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
cvode.active(True)
found = {"first": cvode.use_long_double()}
v = []
for on in (0, 1):
    found[f"set {on}"] = cvode.use_long_double(on)
    h.finitialize(-65)
    cvode.solve(3)
    v.append(soma(0.5).v)
found["same"] = abs(v[0] - v[1]) < 1e-6
report(found)
