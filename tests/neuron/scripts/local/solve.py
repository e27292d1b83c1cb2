"""solve(tout), psolve and continuerun bring all cells to one time."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, clamps = [], []
for k in range(4):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 10 + 4 * k
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0.3 * k, 2, 0.4
    cells.append(soma), clamps.append(clamp)
cvode = h.CVode()
cvode.atol(1e-8)
h.cvode_local(1)
found = {"method": [cvode.current_method(), cvode.active(), h.using_cvode_]}
potentials = lambda: [soma(0.5).v for soma in cells]
h.finitialize(-65)
cvode.solve(1.7)
found["solve"] = [h.t, potentials()]
cvode.solve(3)
found["again"] = [h.t, potentials()]
pc = h.ParallelContext()
pc.set_maxstep(10)
pc.psolve(4.5)
found["psolve"] = [h.t, potentials()]
h.continuerun(6)
found["continuerun"] = [h.t, potentials()]
cvode.solve()
found["one step"] = h.t > 5.9
h.finitialize(-65)
h.continuerun(6)
found["in one"] = [h.t, potentials()]
report(found, rtol=2e-6, atol=1e-6)
