"""A small network: the spikes of variable steps, and of fixed ones with short dt."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
cells, synapses, netcons, spikes = [], [], [], h.Vector()
numbers = h.Vector()
for i in range(3):
    cell = h.Section(name=f"cell{i}")
    cell.L = cell.diam = 20
    cell.insert("hh")
    synapse = h.ExpSyn(cell(0.5))
    synapse.tau = 2
    cells.append(cell)
    synapses.append(synapse)
h.usetable_hh = 0
for i in range(3):
    netcon = h.NetCon(cells[i](0.5)._ref_v, synapses[(i + 1) % 3], sec=cells[i])
    netcon.threshold, netcon.weight[0], netcon.delay = -10, 0.02, 3
    netcon.record(spikes, numbers, i)
    netcons.append(netcon)
start = h.NetCon(None, synapses[0])
start.weight[0] = 0.02
cvode = h.CVode()
found = {}
cvode.active(True)
cvode.atol(1e-7)
cvode.condition_order(2)
h.finitialize(-65)
start.event(1)
cvode.solve(30)
found["variable"] = [list(spikes), list(numbers)]
variable = list(spikes)
cvode.active(False)
cvode.condition_order(1)
h.dt = 0.001
h.finitialize(-65)
start.event(1)
while h.t < 30 - 1e-9:
    h.fadvance()
found["alike"] = len(spikes) == len(variable) and all(
    abs(a - b) < 0.02 for a, b in zip(spikes, variable)
)
report(found, rtol=1e-5)
