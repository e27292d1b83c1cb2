"""Self events that net_move moves count as moved, in the queue as well."""

from neuron import h
from paired import mechanisms, report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("pas")
soma.e_pas = -65

cell = h.IntFire2()
drive = h.NetCon(None, cell)
drive.weight[0] = 3
h.CVode().active(False)
counts = h.Vector()
h.finitialize(-65)
drive.event(1)
drive.event(2)
h.continuerun(4)
h.CVode().spike_stat(counts)
# each event moves the one of the next spike; NEURON leaves elements 2 to 7 at 0
report({"moves": counts[9] > 0, "same": counts[7] == counts[9]}, expect={"same": True})
