"""Times of at_time stop the steps of their own cell alone."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, clamps, times = [], [], []
cvode = h.CVode()
cvode.atol(1e-7)
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 20
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 1 + 0.37 * k, 0.5, 1
    cells.append(soma), clamps.append(clamp)
    times.append(h.Vector().record(h._ref_t, sec=soma))
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(10)
exact = lambda time, vector: any(abs(x - time) < 1e-9 for x in vector)
found = {
    "edges": [[exact(c.delay, t), exact(c.delay + c.dur, t)] for c, t in zip(clamps, times)],
    "not of others": [exact(clamps[1].delay, times[0]), exact(clamps[2].delay, times[0])],
    "v": [soma(0.5).v for soma in cells],
}
report(found, rtol=1e-5, atol=1e-5)
