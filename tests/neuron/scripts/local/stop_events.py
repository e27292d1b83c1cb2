"""event(t) ends solve, psolve and fadvance at exactly its time, with all cells there."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells = []
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 10 + 5 * k
    soma.insert("hh")
    cells.append(soma)
clamp = h.IClamp(cells[0](0.5))
clamp.delay, clamp.dur, clamp.amp = 0.5, 5, 0.3
potentials = lambda: [soma(0.5).v for soma in cells]
cvode = h.CVode()
cvode.atol(1e-8)
h.cvode_local(1)
h.finitialize(-65)
cvode.event(1.3)
cvode.event(2.9)
cvode.solve(5)
found = {"first": [h.t, potentials()]}
pc = h.ParallelContext()
pc.set_maxstep(10)
pc.psolve(5)
found["second"] = [h.t, potentials()]
cvode.solve(5)
found["third"] = [h.t, potentials()]
report(found, rtol=2e-6, atol=1e-6)
