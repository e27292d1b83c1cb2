"""Several channels of one cell with different parameters in each segment."""

from neuron import h
from paired import mechanisms, report

mechanisms("markov.mod", "sequence.mod", "eulergate.mod")
sec = h.Section(name="dend")
sec.L, sec.diam, sec.nseg = 150, 2, 5
for name in ("markov", "sequence", "eulergate", "pas"):
    sec.insert(name)
for seg in sec:
    seg.pas.g = 1e-4 * (1 + seg.x)
clamp = h.IClamp(sec(0.1))
clamp.delay, clamp.dur, clamp.amp = 1, 5, 0.3
h.finitialize(-70)
trace = []
while h.t < 8:
    h.fadvance()
    trace.append([seg.v for seg in sec])
variables = {
    mech.name(): {var.name(): var[0] for var in mech if not mech.is_ion()}
    for mech in sec(0.5)
    if mech.name() in ("markov", "eulergate")
}

report({"trace": trace, "variables": variables})
