"""States are set from a vector, which counts for the integrator after re_init."""

from models import clamped_soma, named
from neuron import h
from paired import raises, report

soma, stimulus = clamped_soma()
cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
cvode.solve(2)
y, kept = h.Vector(), h.Vector()
cvode.states(y)
before = y.c()
y.mul(0.9)
cvode.yscatter(y)
found = {"set": soma(0.5).v == y.x[0], "m": soma(0.5).m_hh == 0.9 * before.x[1]}
cvode.states(kept)
found["integrator"] = kept.eq(before)
cvode.re_init()
cvode.states(kept)
found["then"] = kept.eq(y)
found["size"] = raises(cvode.yscatter, h.Vector(2))
cvode.yscatter(h.Vector([-50, 0.1, 0.5, 0.4]))
found["of a list"] = sorted([soma(0.5).v, soma(0.5).m_hh, soma(0.5).h_hh, soma(0.5).n_hh])
report(found)
