"""nthread(n) with the fixed step, one integrator and one for each cell: spikes are those of one thread.

To the last bit with steps of fixed length in both simulators; with variable steps NEURON's sums depend on the
number of threads, and the spikes agree within the tolerance.
"""

import random

from neuron import h
from paired import report

h.usetable_hh = 0
draw = random.Random(3)
pc, cvode = h.ParallelContext(), h.CVode()
pc.set_maxstep(10)
cells, synapses, connections, spikes = [], [], [], []
for k in range(5):
    soma, dend = h.Section(name=f"soma{k}"), h.Section(name=f"dend{k}")
    dend.connect(soma(1))
    soma.L = soma.diam = 14 + k
    dend.L, dend.diam, dend.nseg = 200, 2, 1 + 2 * (k % 3)
    for section in (soma, dend):
        section.insert("hh")
    cells.append((soma, dend))
    synapses.append(h.ExpSyn(dend(0.5)))
    synapses[-1].tau = 2
for k, (soma, _) in enumerate(cells):
    for _ in range(2):
        connection = h.NetCon(soma(0.5)._ref_v, synapses[draw.randrange(5)], sec=soma)
        connection.threshold, connection.delay = -20, 0.8 + 2 * draw.random()
        connection.weight[0] = 0.004 + 0.004 * draw.random()
        connections.append(connection)
    spikes.append(h.Vector())
    connections[-1].record(spikes[-1])
clamps = [h.IClamp(cells[k][0](0.5)) for k in (0, 3)]
for clamp in clamps:
    clamp.delay, clamp.dur, clamp.amp = 0.5, 12, 1.2


def run(threads):
    pc.nthread(threads)
    h.finitialize(-65)
    pc.psolve(8)
    pc.nthread(1)
    return [list(times) for times in spikes]


found = {}
cvode.condition_order(2)
for method in ("fixed", "global", "local"):
    cvode.use_local_dt(method == "local")
    cvode.active(method != "fixed")
    cvode.atol(1e-5)
    one = run(1)
    others = [run(threads) for threads in (2, 3, 7)]
    counts = [[len(times) for times in each] for each in (one, *others)]
    found[method] = one
    found[f"{method}: counts"] = all(count == counts[0] for count in counts)
    apart = [abs(a - b) for each in others for p, q in zip(one, each) for a, b in zip(p, q)]
    found[f"{method}: apart"] = max(apart) <= (0 if method == "fixed" else 1e-4)
    found[f"{method}: many"] = sum(counts[0]) > 5
report(found, rtol=1e-5, atol=2e-4)
