"""Gap junctions by POINTER and by ParallelContext.source_var, and what current flows."""

from neuron import h
from paired import mechanisms, report

h.load_file("stdrun.hoc")
pc = h.ParallelContext()
cells = [h.Section(f"cell{i}") for i in range(2)]
for sec in cells:
    sec.L = sec.diam = 15
    sec.nseg = 3
    sec.insert("hh")
clamps = [h.IClamp(sec(0.5)) for sec in cells]
clamps[0].delay, clamps[0].dur, clamps[0].amp = 2, 0.5, 1.0
resistor = h.SEClamp(cells[1](0.5))
resistor.dur1, resistor.rs = 1e9, 50
pc.source_var(cells[0](0.5)._ref_v, 7, sec=cells[0])
pc.target_var(resistor, resistor._ref_amp1, 7)
pc.setup_transfer()
v = [h.Vector().record(sec(0.5)._ref_v) for sec in cells]
i = h.Vector().record(resistor._ref_i)
h.finitialize(-65)
pc.set_maxstep(10)
pc.psolve(20)
first = [list(each)[::20] for each in (*v, i)]
resistor.rs = 5
h.finitialize(-65)
pc.psolve(20)
report({"loose": first, "tight": [list(each)[::20] for each in (*v, i)]}, rtol=1e-7)
