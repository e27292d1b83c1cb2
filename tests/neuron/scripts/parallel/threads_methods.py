"""ParallelContext's methods about threads: numbers, partitions, times; the same bits with each number."""

from neuron import h
from paired import raises, report

pc = h.ParallelContext()
h.usetable_hh = 0
cells, clamps = [], []
for k in range(4):
    soma, dend = h.Section(name=f"soma{k}"), h.Section(name=f"dend{k}")
    dend.connect(soma(1))
    soma.L = soma.diam = 12 + k
    dend.nseg = 5
    for sec in (soma, dend):
        sec.insert("hh")
    clamp = h.IClamp(dend(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0.5, 2, 0.5
    cells.append((soma, dend)), clamps.append(clamp)
found = {"first": [pc.nthread(), pc.thread_stat(), pc.thread_how_many_proc() >= 1]}
pc.nthread(3)
h.finitialize(-65)
for _ in range(40):
    h.fadvance()
found["count"] = pc.nthread()
found["times"] = [pc.t(i) for i in range(3)]
found["steps"] = [pc.dt(i) for i in range(3)]
found["computed"] = [pc.thread_ctime(i) >= 0 for i in range(3)]
found["anew"] = pc.thread_ctime()
# Which thread has which cell is a matter of each simulator: all are somewhere.
roots = [sec.name() for i in range(3) for sec in pc.get_partition(i)]
found["roots"] = sorted(roots)
found["together"] = [pc.sec_in_thread(sec=soma) == pc.sec_in_thread(sec=dend) for soma, dend in cells]
found["refused"] = [raises(pc.get_partition, 3), raises(pc.nthread, 0)]
found["busy"] = [pc.thread_busywait(1), pc.thread_busywait(0)]
found["v"] = [soma(0.5).v for soma, dend in cells]
found["back"] = pc.nthread(1)
report(found)
