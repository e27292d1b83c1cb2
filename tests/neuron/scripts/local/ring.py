"""A ring of unequal cells: spikes of local, global and tight runs; recordings with times of their own."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, synapses, connections, spikes, points = [], [], [], [], []
for k in range(5):
    soma, dend = h.Section(name=f"soma{k}"), h.Section(name=f"dend{k}")
    soma.L = soma.diam = 15 + k
    dend.L, dend.diam, dend.nseg = 100 + 20 * k, 1.5, 1 + 2 * (k % 3)
    dend.connect(soma(1))
    soma.insert("hh")
    dend.insert("pas")
    dend.e_pas = -65
    synapse = h.ExpSyn(dend(0.5))
    synapse.tau = 2
    cells.append((soma, dend)), synapses.append(synapse)
for k in range(5):
    connection = h.NetCon(cells[k][0](0.5)._ref_v, synapses[(k + 1) % 5], sec=cells[k][0])
    connection.delay, connection.weight[0], connection.threshold = 1.5 + 0.2 * k, 0.02, 0
    times = h.Vector()
    connection.record(times)
    connections.append(connection), spikes.append(times)
start = h.NetStim()
start.number, start.start = 1, 1
first = h.NetCon(start, synapses[0])
first.weight[0], first.delay = 0.02, 0.5
cvode = h.CVode()
cvode.condition_order(2)
recorded = []
for soma, dend in cells:
    y, t = h.Vector(), h.Vector()
    cvode.record(dend(0.5)._ref_v, y, t, sec=dend)
    recorded.append((y, t))


def run(local, atol):
    cvode.atol(atol)
    h.cvode_active(True)
    if local:
        h.cvode_local(1)
    h.finitialize(-65)
    h.continuerun(40)
    return [list(times) for times in spikes]


tight, local = run(False, 1e-8), run(True, 1e-8)
found = {
    "tight": tight,
    "local": local,
    "lengths": [len(y) == len(t) for y, t in recorded],
    "begin and end": [[t[0], t[-1], y[0]] for y, t in recorded],
    "ascending": [all(a <= b for a, b in zip(t, list(t)[1:])) for y, t in recorded],
    "their own": len({len(t) for y, t in recorded}) > 1,
    "t": h.t,
}
report(found, rtol=1e-5, atol=1e-5)
