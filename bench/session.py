"""What compare.py measures from Python: one script for both simulators (`from neuron import h`).

Prints one line of JSON: processor seconds, and what both must agree on.
"""

import json
import time

from neuron import h

pc = h.ParallelContext()


def seconds(action):
    start = time.process_time()
    action()
    return time.process_time() - start


def steps(count):
    for _ in range(count):
        h.fadvance()


class Cell:
    """The cell of ring.toml: a soma, an axon, three trunks with two branches each."""

    def __init__(self):
        self.soma = h.Section(name="soma", cell=self)
        self.soma.L = self.soma.diam = 20
        axon = self.branch("axon", self.soma(0), 300, 1)
        trunks = [self.branch(f"trunk{k}", self.soma(1), 120, 2) for k in range(3)]
        tips = [self.branch(f"tip{k}{j}", trunks[k](1), 150, 1) for k in range(3) for j in range(2)]
        self.sections = [self.soma, axon, *trunks, *tips]
        for section in self.sections:
            section.Ra = 100
            section.insert("hh")
        self.synapse = h.ExpSyn(trunks[0](0.5))
        self.synapse.tau = 2

    def branch(self, name, parent, length, diam):
        section = h.Section(name=name, cell=self)
        section.L, section.diam, section.nseg = length, diam, 9
        section.connect(parent)
        return section


def single():
    """finitialize and 4000 fadvance calls of one hh compartment."""
    soma = h.Section(name="soma")
    soma.L = soma.diam = 10
    soma.insert("hh")

    def run():
        h.finitialize(-65)
        steps(4000)

    run()
    return min(seconds(run) for _ in range(5)), soma(0.5).v


def ring():
    """Construction of 64 cells, and 100 ms of them."""
    cells, connections, times = [], [], h.Vector()

    def build():
        cells.extend(Cell() for _ in range(64))
        for k, cell in enumerate(cells):
            before = cells[k - 1].soma
            netcon = h.NetCon(before(0.5)._ref_v, cell.synapse, sec=before)
            netcon.weight[0], netcon.delay, netcon.threshold = 0.05, 1, 0
            netcon.record(times)
            connections.append(netcon)

    building = seconds(build)
    clamp = h.IClamp(cells[0].soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1, 1, 2
    pc.set_maxstep(10)
    h.finitialize(-65)
    pc.psolve(5)
    return building, seconds(lambda: pc.psolve(105)), len(times)


step, v = single()
building, running, spikes = ring()
print(json.dumps({"step": step, "building": building, "running": running, "spikes": spikes}))
