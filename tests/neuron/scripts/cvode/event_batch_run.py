"""An event ends batch_run at its time."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
# NEURON's references move when the model is set up
h.finitialize(-65)
h.batch_save()
h.batch_save(h._ref_t, soma(0.5)._ref_v)


def lines():
    with open("out.dat") as file:
        return [[float(x) for x in line.split()] for line in file.read().splitlines()[2:]]


found = {}
h.finitialize(-50)
cvode.event(1)
h.batch_run(2, 0.25, "out.dat", "with an event")
found["fixed"] = [h.t, lines()]
cvode.active(True)
cvode.atol(1e-7)
h.finitialize(-50)
h.batch_run(2, 0.25, "out.dat", "to the end")
found["variable"] = lines()
report(found, rtol=1e-4)
