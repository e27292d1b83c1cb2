"""A random network: spikes of fixed steps at a small dt, of one integrator and of one for each cell."""

import random

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
draw = random.Random(7)
count = 8
cells, synapses, connections, spikes = [], [], [], []
for k in range(count):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 14 + 10 * draw.random()
    soma.insert("hh")
    excite, inhibit = h.ExpSyn(soma(0.5)), h.ExpSyn(soma(0.5))
    excite.tau, inhibit.tau, inhibit.e = 2, 5, -80
    cells.append(soma), synapses.append((excite, inhibit))
for k, soma in enumerate(cells):
    for j in draw.sample([j for j in range(count) if j != k], 2):
        connection = h.NetCon(soma(0.5)._ref_v, synapses[j][k % 4 == 3], sec=soma)
        connection.threshold = -20
        connection.delay = 1 + 3 * draw.random()
        connection.weight[0] = 0.012 + 0.01 * draw.random()
        connections.append(connection)
    times = h.Vector()
    connections[-1].record(times)
    spikes.append(times)
starts = []
for k in range(3):
    start = h.NetStim()
    start.number, start.start, start.interval = 2, 1 + 2.5 * k, 17
    link = h.NetCon(start, synapses[3 * k % count][0])
    link.weight[0], link.delay = 0.03, 0.5
    starts.append((start, link))
cvode = h.CVode()
cvode.condition_order(2)


def run(method):
    if method == "fixed":
        h.cvode_active(0)
        h.dt, h.steps_per_ms = 0.001, 1000
    elif method == "global":
        cvode.atol(1e-7)
        h.cvode_active(1)
    else:
        cvode.atol(1e-7)
        h.cvode_local(1)
    h.finitialize(-65)
    h.continuerun(30)
    return [list(times) for times in spikes]


whole, local, fixed = run("global"), run("local"), run("fixed")
furthest = lambda a, b: max(abs(x - y) for p, q in zip(a, b) for x, y in zip(p, q))
counts = [[len(times) for times in each] for each in (whole, local, fixed)]
found = {
    "global": whole,
    "counts": counts[0] == counts[1] == counts[2],
    "many": sum(counts[0]) > 10,
    "local and global": furthest(whole, local) < 1e-3,
    "fixed and global": furthest(whole, fixed) < 0.02,
}
report(found, rtol=1e-5, atol=1e-4)
