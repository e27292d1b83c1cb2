"""An event ends solve() at exactly its time, and solve(t) stops on the way."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

cvode = h.CVode()
cvode.active(True)
h.finitialize(-65)
cvode.solve(3)
cvode.event(3.00001)
cvode.solve()
found = {"step": h.t}
report(found)
