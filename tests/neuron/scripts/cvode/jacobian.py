"""Dense and diagonal matrices instead of the tree's."""

from models import clamped_soma
from neuron import h
from paired import raises, report

soma, stimulus = clamped_soma()

dend = h.Section(name="dend")
dend.connect(soma(1))
dend.L, dend.diam, dend.nseg = 100, 1, 5
dend.insert("pas")
dend.e_pas = -65
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-7)
found = {"default": cvode.jacobian(), "outside": [raises(cvode.jacobian, x) for x in (-1, 3)]}
for kind in (1, 2, 0):
    found[f"set {kind}"] = cvode.jacobian(kind)
    h.finitialize(-65)
    cvode.solve(6)
    found[f"solution {kind}"] = [soma(0.5).v, dend(0.5).v, soma(0.5).m_hh]
# Of a tree the diagonal is a poor Jacobian, with which Newton's iteration hardly converges: errors are
# many times those of the other kinds and scatter from one atol to the next, in both simulators (between
# 1e-5 and 1e-7 by factors of a hundred).
report(found, rtol=1e-5, loose={"solution 2": {"rtol": 1e-3}})
