"""A cell class with sections, synapses and its own methods; several instances, one deleted."""

from neuron import n
from paired import report


class BallAndStick:
    def __init__(self, gid, length):
        self.gid = gid
        self.soma = n.Section("soma", self)
        self.dend = n.Section("dend", self)
        self.dend.connect(self.soma)
        self.all = self.soma.wholetree()
        self.soma.L = self.soma.diam = 12.6157
        self.dend.L, self.dend.diam = length, 1
        for sec in self.all:
            sec.Ra, sec.cm = 100, 1
        self.soma.insert(n.hh)
        for seg in self.soma:
            seg.hh.gnabar, seg.hh.gkbar, seg.hh.gl, seg.hh.el = 0.12, 0.036, 0.0003, -54.3
        self.dend.insert(n.pas)
        self.dend.nseg = 1 + 2 * int(length / 40)
        for seg in self.dend:
            seg.pas.g, seg.pas.e = 0.001, -65
        self.synapses = {}

    def synapse(self, x):
        if x not in self.synapses:
            self.synapses[x] = n.ExpSyn(self.dend(x))
        return self.synapses[x]

    def __repr__(self):
        return f"BallAndStick[{self.gid}]"


cells = [BallAndStick(k, 100 + 60 * k) for k in range(3)]
stim = n.NetStim()
stim.start, stim.number, stim.interval = 1, 3, 4
connections = []
for cell in cells:
    for x in (0.3, 0.9):
        connection = n.NetCon(stim, cell.synapse(x))
        connection.weight[0], connection.delay = 0.01, 1 + x
        connections.append(connection)


def run():
    n.finitialize(-65)
    trace = []
    while n.t < 15:
        n.fadvance()
        trace.append([cell.soma(0.5).v for cell in cells])
    return trace


first = run()
gone = cells.pop(1)
del gone, cell
del connections[2:4]
second = run()

report({
    "names": [sec.name() for sec in n.allsec()],
    "all": [sec.name() for sec in cells[1].all],
    "first": first,
    "second": second,
    "same": [row[::2] for row in first] == second,
})
