"""A ring by gids: cell, gid_connect, spike_record, set_maxstep and psolve."""

from neuron import h
from paired import report

pc = h.ParallelContext()
h.load_file("stdrun.hoc")


class Cell:
    def __init__(self, gid):
        self.gid = gid
        self.soma = h.Section(name="soma", cell=self)
        self.dend = h.Section(name="dend", cell=self)
        self.dend.connect(self.soma(1))
        self.soma.L = self.soma.diam = 15
        self.dend.L, self.dend.diam, self.dend.nseg = 150, 1, 5
        self.soma.insert("hh")
        self.dend.insert("pas")
        self.syn = h.ExpSyn(self.dend(0.6))
        self.syn.tau = 2
        pc.set_gid2node(gid, pc.id())
        self.spike = h.NetCon(self.soma(0.5)._ref_v, None, sec=self.soma)
        self.spike.threshold = 0
        pc.cell(gid, self.spike)

    def __repr__(self):
        return f"Cell[{self.gid}]"


count = 6
cells = [Cell(gid) for gid in range(count)]
connections = []
for cell in cells:
    nc = pc.gid_connect((cell.gid - 1) % count, cell.syn)
    nc.weight[0], nc.delay = 0.03, 1.3
    connections.append(nc)
stim = h.NetStim()
stim.number, stim.start = 1, 2
start = h.NetCon(stim, cells[0].syn)
start.weight[0] = 0.03
times, gids = h.Vector(), h.Vector()
pc.spike_record(-1, times, gids)
step = pc.set_maxstep(10)
h.finitialize(-65)
pc.psolve(30)
at_30 = h.t
pc.psolve(60)

report({
    "times": times,
    "gids": gids,
    "maxstep": step,
    "t": [at_30, h.t],
    "srcgid": [nc.srcgid() for nc in connections],
    "v": [cell.soma(0.5).v for cell in cells],
})
