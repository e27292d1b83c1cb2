"""An exception after scatter ends the step; the next one is as good as any."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

fail = [False]


def sometimes():
    if fail[0]:
        raise ValueError("not now")


cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-8)
cvode.extra_scatter_gather(0, sometimes)
h.finitialize(-45)
cvode.solve(1)
fail[0] = True
raised = False
try:
    # NEURON cannot go on after an error here; ours is asked alone
    import sys

    if "nmodlrs" in sys.modules:
        h.fadvance()
    else:
        raise ValueError
except ValueError:
    raised = True
fail[0] = False
cvode.solve(2)
cvode.extra_scatter_gather_remove(sometimes)
report({"raised": raised, "v": soma(0.5).v}, rtol=1e-6)
