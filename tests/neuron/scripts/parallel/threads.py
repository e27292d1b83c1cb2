"""nthread(2): the same results to the last bit as with one thread, cells on both."""

from neuron import h
from paired import report

pc = h.ParallelContext()
cells, clamps = [], []
for k in range(6):
    soma, dend = h.Section(name=f"soma{k}"), h.Section(name=f"dend{k}")
    dend.connect(soma(1))
    soma.L = soma.diam = 12 + k
    dend.nseg = 3 + 2 * (k % 3)
    for sec in (soma, dend):
        sec.insert("hh")
    clamp = h.IClamp(dend(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0.5 + 0.1 * k, 5, 1
    cells.append((soma, dend)), clamps.append(clamp)
vectors = [h.Vector().record(soma(0.5)._ref_v) for soma, _ in cells]
pc.set_maxstep(10)


def run():
    h.finitialize(-65)
    pc.psolve(8)
    return [list(v) for v in vectors]


one = run()
threads = pc.nthread(2)
two = run()

report({"threads": [threads, pc.nthread()], "v": one, "same": one == two, "back": pc.nthread(1)})
