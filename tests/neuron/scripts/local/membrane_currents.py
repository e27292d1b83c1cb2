"""i_membrane_ of cells with steps of their own: charge is conserved in each at its time."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cvode = h.CVode()
cvode.use_fast_imem(True)
cells, clamps = [], []
for k in range(2):
    soma, dend = h.Section(name=f"soma{k}"), h.Section(name=f"dend{k}")
    dend.connect(soma(1))
    soma.L = soma.diam = 20
    dend.L, dend.diam, dend.nseg = 100, 2, 3
    soma.insert("hh")
    dend.insert("pas")
    clamp = h.IClamp(dend(1))
    clamp.dur, clamp.amp = 100, 0.2 + 0.1 * k
    cells.append((soma, dend)), clamps.append(clamp)
cvode.atol(1e-8)
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(6)
totals, each = [], []
for (soma, dend), clamp in zip(cells, clamps):
    total = sum(seg.i_membrane_ for sec in (soma, dend) for seg in sec.allseg() if not (seg.x == 0 and sec is dend))
    totals.append(abs(total - clamp.i) < 1e-6)
    each.append([seg.i_membrane_ for seg in dend])
report({"totals": totals, "each": each}, rtol=1e-4, atol=1e-8)
