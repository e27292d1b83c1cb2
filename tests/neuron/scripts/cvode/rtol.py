"""Relative tolerance: 0 at first, set, alone, and out of range."""

from neuron import h
from paired import raises, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cvode = h.CVode()
found = {"values": [cvode.rtol(), cvode.rtol(1e-3), cvode.rtol()], "negative": raises(cvode.rtol, -1)}
cvode.active(True)
cvode.rtol(1e-7)
cvode.atol(0)
h.finitialize(-40)
cvode.solve(5)
found["v"] = soma(0.5).v
cvode.rtol(0)
cvode.atol(1e-8)
h.finitialize(-40)
cvode.solve(5)
found["absolute"] = soma(0.5).v
# exact: -65 + 25 exp(-t/tau) with tau 1 ms
from math import exp

right = -65 + 25 * exp(-5)
report(found, rtol=1e-5, expect={"v": right, "absolute": right})
