"""A ring of branched hh cells made by a Python class: spikes and voltages."""

from neuron import h
from paired import report


class Cell:
    def __init__(self, gid):
        self.gid = gid
        self.soma = h.Section(name="soma", cell=self)
        self.dend = [h.Section(name=f"dend[{k}]", cell=self) for k in range(3)]
        self.soma.L = self.soma.diam = 12.6157
        self.soma.insert("hh")
        for k, dend in enumerate(self.dend):
            dend.L, dend.diam, dend.nseg = 100 + 50 * k, 1, 5
            dend.connect(self.soma(1) if k == 0 else self.dend[0](1))
            dend.insert("pas")
            for seg in dend:
                seg.pas.g, seg.pas.e = 0.001, -65
        self.syn = h.ExpSyn(self.dend[0](0.5))
        self.syn.tau = 2
        self.nc = None

    def __repr__(self):
        return f"Cell[{self.gid}]"


cells = [Cell(k) for k in range(5)]
for k, cell in enumerate(cells):
    target = cells[(k + 1) % len(cells)]
    cell.nc = h.NetCon(cell.soma(0.5)._ref_v, target.syn, sec=cell.soma)
    cell.nc.weight[0], cell.nc.delay, cell.nc.threshold = 0.02, 2.5, 0
    cell.times = h.Vector()
    cell.nc.record(cell.times)
stim = h.NetStim()
stim.number, stim.start = 1, 3
start = h.NetCon(stim, cells[0].syn)
start.weight[0] = 0.02
v = [h.Vector().record(cell.soma(0.5)._ref_v, 0.5) for cell in cells]
h.finitialize(-65)
while h.t < 60:
    h.fadvance()

report({"spikes": [list(cell.times) for cell in cells], "v": v})
