"""A callable at a spike finds its own cell at the spike's time."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, clamps, sources, seen = [], [], [], []


def watcher(k):
    return lambda: seen.append([k, h.t, cells[k](0.5).v])


for k in range(2):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 15 + 5 * k
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0.5 + k, 1, 0.5
    source = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
    source.threshold = -20
    source.record(watcher(k))
    cells.append(soma), clamps.append(clamp), sources.append(source)
cvode = h.CVode()
cvode.atol(1e-7)
cvode.condition_order(2)
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(8)
found = {"seen": [[k, t] for k, t, v in seen], "v": [abs(v + 20) < 0.5 for k, t, v in seen]}
report(found, rtol=1e-5, atol=1e-5)
