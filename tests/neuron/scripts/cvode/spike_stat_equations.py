"""The number of equations: 0 unless steps have been of variable length."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

soma.nseg = 3
cvode = h.CVode()
counts = h.Vector()
h.finitialize(-65)
cvode.spike_stat(counts)
found = [counts[0]]
cvode.active(True)
h.finitialize(-65)
cvode.spike_stat(counts)
found.append(counts[0])
cvode.active(False)
cvode.spike_stat(counts)
found.append(counts[0])
report({"equations": found, "size": len(counts)})
