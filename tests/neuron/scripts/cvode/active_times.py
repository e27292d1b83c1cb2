"""active(tvec): fadvance returns at given times. (NEURON takes no Vector.)"""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
cvode.atol(1e-8)
times = h.Vector([0, 0.25, 1, 1.75])
try:
    on = cvode.active(times)
except Exception:
    on = cvode.active(True)
seen = []
for _ in range(2):
    h.finitialize(-45)
    for _ in range(3):
        h.fadvance()
        seen.append(h.t)
h.fadvance()
found = {"on": on, "seen": seen, "a step": h.t > 1.75}
cvode.active(True)
report(found, expect={"seen": [0.25, 1.0, 1.75] * 2, "a step": True})
