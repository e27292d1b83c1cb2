"""batch_run from the middle of a run, of several variables, with another dt, and a stop."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 15
sec.insert("hh")
clamp = n.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 1, 0.5
n.finitialize(-65)
n.batch_save()
n.batch_save(n._ref_t, sec(0.5)._ref_v, sec(0.5)._ref_m_hh, sec(0.5)._ref_ina)
n.dt = 0.05
while n.t < 1 - n.dt / 2:
    n.fadvance()
n.batch_run(3, 0.2, "later.dat", "from the middle")
at_end = [n.t, sec(0.5).v]
n.batch_run(4, 0.5, "further.dat", "and on")

report({
    "later": open("later.dat").read().splitlines(),
    "further": open("further.dat").read().splitlines(),
    "end": [at_end, n.t],
})
