"""NetCons without delay, also to the own cell: nothing is lost, at whatever time the target is."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, synapses = [], []
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 14 + 4 * k
    soma.insert("hh")
    synapse = h.ExpSyn(soma(0.5))
    cells.append(soma), synapses.append(synapse)
connections, spikes = [], []
for k, j in [(0, 1), (1, 2), (1, 1)]:
    connection = h.NetCon(cells[k](0.5)._ref_v, synapses[j], sec=cells[k])
    connection.threshold, connection.delay, connection.weight[0] = -20, 0, 0.03
    connections.append(connection)
for connection in connections[:2]:
    times = h.Vector()
    connection.record(times)
    spikes.append(times)
start = h.NetStim()
start.number, start.start, start.interval = 2, 2, 14
first = h.NetCon(start, synapses[0])
first.weight[0], first.delay = 0.05, 0
cvode = h.CVode()
cvode.atol(1e-7)
cvode.condition_order(2)
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(25)
found = {"spikes": [list(times) for times in spikes], "v": [soma(0.5).v for soma in cells]}
report(found, rtol=1e-5, atol=1e-4)
