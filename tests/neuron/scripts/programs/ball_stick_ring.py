"""The ball-and-stick tutorial: Cell classes with positions, a ring, spikes of each cell."""

from neuron import h
from neuron.units import ms, mV, um
from paired import report

h.load_file("stdrun.hoc")


class Cell:
    def __init__(self, gid, x, y, z, theta):
        self._gid = gid
        self._setup_morphology()
        self.all = self.soma.wholetree()
        self._setup_biophysics()
        self.x = self.y = self.z = 0
        h.define_shape()
        self._rotate_z(theta)
        self._set_position(x, y, z)
        self._spike_detector = h.NetCon(self.soma(0.5)._ref_v, None, sec=self.soma)
        self.spike_times = h.Vector()
        self._spike_detector.record(self.spike_times)
        self._ncs = []
        self.soma_v = h.Vector().record(self.soma(0.5)._ref_v)

    def __repr__(self):
        return f"{self.name}[{self._gid}]"

    def _set_position(self, x, y, z):
        for sec in self.all:
            for i in range(sec.n3d()):
                sec.pt3dchange(
                    i,
                    x - self.x + sec.x3d(i),
                    y - self.y + sec.y3d(i),
                    z - self.z + sec.z3d(i),
                    sec.diam3d(i),
                )
        self.x, self.y, self.z = x, y, z

    def _rotate_z(self, theta):
        for sec in self.all:
            for i in range(sec.n3d()):
                x, y = sec.x3d(i), sec.y3d(i)
                c, s = h.cos(theta), h.sin(theta)
                sec.pt3dchange(i, x * c - y * s, x * s + y * c, sec.z3d(i), sec.diam3d(i))


class BallAndStick(Cell):
    name = "BallAndStick"

    def _setup_morphology(self):
        self.soma = h.Section("soma", self)
        self.dend = h.Section("dend", self)
        self.dend.connect(self.soma)
        self.soma.L = self.soma.diam = 12.6157 * um
        self.dend.L = 200 * um
        self.dend.diam = 1 * um

    def _setup_biophysics(self):
        for sec in self.all:
            sec.Ra = 100
            sec.cm = 1
        self.soma.insert(h.hh)
        for seg in self.soma:
            seg.hh.gnabar = 0.12
            seg.hh.gkbar = 0.036
            seg.hh.gl = 0.0003
            seg.hh.el = -54.3 * mV
        self.dend.insert(h.pas)
        for seg in self.dend:
            seg.pas.g = 0.001
            seg.pas.e = -65 * mV
        self.syn = h.ExpSyn(self.dend(0.5))
        self.syn.tau = 2 * ms


class Ring:
    def __init__(self, N=5, stim_w=0.04, stim_t=9, stim_delay=1, syn_w=0.01, syn_delay=5, r=50):
        self._syn_w, self._syn_delay = syn_w, syn_delay
        self.cells = []
        for i in range(N):
            theta = i * 2 * h.PI / N
            self.cells.append(BallAndStick(i, h.cos(theta) * r, h.sin(theta) * r, 0, theta))
        for source, target in zip(self.cells, self.cells[1:] + [self.cells[0]]):
            nc = h.NetCon(source.soma(0.5)._ref_v, target.syn, sec=source.soma)
            nc.weight[0] = syn_w
            nc.delay = syn_delay
            source._ncs.append(nc)
        self._netstim = h.NetStim()
        self._netstim.number = 1
        self._netstim.start = stim_t
        self._nc = h.NetCon(self._netstim, self.cells[0].syn)
        self._nc.delay = stim_delay
        self._nc.weight[0] = stim_w


ring = Ring()
t = h.Vector().record(h._ref_t)
h.finitialize(-65 * mV)
h.continuerun(100 * ms)
found = {
    "names": [str(cell.soma) for cell in ring.cells] + [str(s) for s in h.allsec()],
    "spikes": [list(cell.spike_times) for cell in ring.cells],
    "points": [[s.x3d(1), s.y3d(1), s.z3d(1)] for s in h.allsec()],
    "v": [list(cell.soma_v)[::200] for cell in ring.cells],
    "t": [t.size(), t[-1], t[1]],
}
# as the tutorial does: a second ring replaces the first, and the results are new ones
for delay in (1, 8):
    ring = Ring(syn_delay=delay)
    h.finitialize(-65 * mV)
    h.continuerun(100 * ms)
    found[f"delay {delay}"] = [list(cell.spike_times) for cell in ring.cells]
    found[f"count {delay}"] = [len(list(h.allsec())), len(h.List("NetCon"))]

report(found, rtol=1e-7)
