"""With the fixed step, fixed_step is fadvance."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1

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
