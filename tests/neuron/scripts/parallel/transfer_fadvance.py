"""Gap junctions with fadvance in a loop: the transfer is made in each step."""

from neuron import n
from paired import mechanisms, report

mechanisms("interface/junction.mod")
pc = n.ParallelContext()
a, b = n.Section("a"), n.Section("b")
for sec in (a, b):
    sec.L = sec.diam = 20
    sec.insert("pas")
b(0.5).pas.e = -40
pc.source_var(a(0.5)._ref_v, 11, sec=a)
pc.source_var(b(0.5)._ref_v, 22, sec=b)
one, two = n.Junction(a(0.5)), n.Junction(b(0.5))
one.g = two.g = 0.002
pc.target_var(one._ref_vgap, 22)
pc.target_var(two._ref_vgap, 11)
pc.setup_transfer()
n.finitialize(-70)
trace = []
while n.t < 5:
    n.fadvance()
    trace.append([a(0.5).v, b(0.5).v, one.vgap, two.vgap, one.i])

report({"trace": trace})
