"""With the fixed step, fixed_step is fadvance."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
h.finitialize(-65)
for _ in range(60):
    h.fadvance()
by_fadvance = [h.t, soma(0.5).v, soma(0.5).m_hh]
h.finitialize(-65)
for _ in range(60):
    cvode.fixed_step()
by_fixed_step = [h.t, soma(0.5).v, soma(0.5).m_hh]
report({"same": by_fadvance == by_fixed_step, "values": by_fixed_step}, rtol=1e-9)
