"""A network by gids in one process: pc.gid_connect, spike_record, psolve, weights from numpy."""

import numpy as np
from neuron import h
from paired import report

h.load_file("stdrun.hoc")
pc = h.ParallelContext()
rng = np.random.RandomState(3)
N = 12


class Cell:
    def __init__(self, gid):
        self.gid = gid
        self.soma = h.Section(name="soma", cell=self)
        self.soma.L = self.soma.diam = 15
        self.soma.insert("hh")
        self.exc = h.ExpSyn(self.soma(0.5))
        self.inh = h.ExpSyn(self.soma(0.5))
        self.inh.e, self.inh.tau = -80, 5
        pc.set_gid2node(gid, pc.id())
        pc.cell(gid, h.NetCon(self.soma(0.5)._ref_v, None, sec=self.soma))
        pc.threshold(gid, -10)


cells = [Cell(gid) for gid in range(int(pc.id()), N, int(pc.nhost()))]
weights = rng.uniform(0.001, 0.006, (N, N)) * (rng.random_sample((N, N)) < 0.3)
connections = []
for pre, post in zip(*np.nonzero(weights)):
    target = cells[post].inh if pre % 4 == 0 else cells[post].exc
    nc = pc.gid_connect(int(pre), target)
    nc.weight[0] = weights[pre, post]
    nc.delay = 1 + (pre + post) % 3
    connections.append(nc)
stims, inputs = [], []
for k, cell in enumerate(cells[:5]):
    stim = h.NetStim()
    stim.interval, stim.number, stim.start, stim.noise = 8, 1e9, 1, 1
    stim.noiseFromRandom123(k, 1, 1)
    nc = h.NetCon(stim, cell.exc)
    nc.weight[0], nc.delay = 0.01, 1
    stims.append(stim)
    inputs.append(nc)
tvec, idvec = h.Vector(), h.Vector()
pc.spike_record(-1, tvec, idvec)
pc.set_maxstep(10)
h.finitialize(-65)
pc.psolve(60)
order = np.lexsort((idvec.as_numpy(), tvec.as_numpy()))
found = {
    "t": tvec.as_numpy()[order],
    "id": idvec.as_numpy()[order].astype(int),
    "connections": len(connections),
    "weights": [nc.weight[0] for nc in connections],
    "exists": [pc.gid_exists(3), pc.gid_exists(99)],
    "srcgid": [nc.srcgid() for nc in connections[:4]],
    "total": pc.allreduce(len(tvec), 1),
    "min delay": min(nc.delay for nc in connections),
    "rates": {int(g): int((idvec.as_numpy() == g).sum()) for g in range(N)},
    "cell": pc.gid2cell(4) is cells[4] if hasattr(pc, "gid2cell") else None,
}
pc.barrier()
report(found, rtol=1e-7)
