"""The step that initializes differential-algebraic systems, and its style."""

from neuron import h
from paired import raises, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
found = {
    "values": [cvode.dae_init_dteps(), cvode.dae_init_dteps(1e-8), cvode.dae_init_dteps(1e-7, 2)],
    "styles": [cvode.dae_init_dteps(1e-9, style) for style in (0, 1, 2, 8, 9, 10)],
    "outside": [raises(cvode.dae_init_dteps, 0), raises(cvode.dae_init_dteps, 1e-9, 12)],
}
cvode.dae_init_dteps(1e-9, 0)
report(found)
