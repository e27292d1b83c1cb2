"""solve(): one step, all variables at its end; solve(t) to exactly there, and back within the step."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-6)
h.finitialize(-65)
lengths = []
for _ in range(6):
    before = h.t
    cvode.solve()
    lengths.append(abs(h.t - before - h.dt) < 1e-12)
found = {"dt": lengths}
for t in (0.5, 1.4, 1.41, 1.6, 3):
    cvode.solve(t)
    found[f"{t}"] = [h.t, soma(0.5).v, soma(0.5).m_hh, soma(0.5).ina, soma(0.5).ik]
# A time before t, but within the last step.
h.finitialize(-65)
cvode.solve(5)
cvode.solve()
end = h.t
cvode.solve(end - 0.25 * h.dt)
found["back"] = h.t < end
report(found, rtol=1e-3)
