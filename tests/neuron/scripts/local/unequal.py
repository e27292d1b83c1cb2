"""Cells of very different size and activity: the same numbers at the end as with one step for all."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, clamps = [], []
for k in range(5):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 15 + k
    soma.insert("hh")
    parts = [soma]
    for j in range(k):
        dend = h.Section(name=f"dend{k}_{j}")
        dend.L, dend.diam, dend.nseg = 60 + 15 * j, 2, 2 * j + 1
        dend.connect(parts[-1](1) if j % 2 else soma(0))
        dend.insert("pas")
        dend.e_pas = -65
        parts.append(dend)
    clamp = h.IClamp(parts[-1](0.5))
    clamp.delay, clamp.dur, clamp.amp = 1 + k, 3 if k % 2 else 100, 0.3 + 0.05 * k
    cells.append(parts), clamps.append(clamp)
cvode = h.CVode()


def run(local, atol):
    cvode.atol(atol)
    h.cvode_local(1) if local else h.cvode_active(1)
    h.finitialize(-65)
    h.continuerun(20)
    return [sec(0.5).v for parts in cells for sec in parts]


tight, local = run(False, 1e-9), run(True, 1e-7)
found = {"tight": tight, "error": max(abs(a - b) for a, b in zip(tight, local)) < 1e-3}
report(found, rtol=1e-5, atol=1e-5)
