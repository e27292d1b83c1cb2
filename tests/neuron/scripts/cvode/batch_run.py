"""batch_run with variable steps: lines at exactly the times that are asked for."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-6)
# NEURON's references move when the model is set up
h.finitialize(-65)
h.batch_save()
h.batch_save(h._ref_t, soma(0.5)._ref_v)
h.finitialize(-65)
h.batch_run(3, 0.5, "out.dat", "comment")
with open("out.dat") as file:
    text = file.read().splitlines()
lines = [[float(x) for x in line.split()] for line in text[2:]]
report({"comment": text[0], "lines": lines, "t": h.t}, rtol=1e-4)
