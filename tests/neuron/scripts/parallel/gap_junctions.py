"""Gap junctions by source_var, target_var and setup_transfer."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/junction.mod")
pc = h.ParallelContext()
cells = [h.Section(name=f"cell{k}") for k in range(3)]
for k, sec in enumerate(cells):
    sec.L = sec.diam = 15
    sec.nseg = 3
    sec.insert("hh")
    pc.source_var(sec(0.5)._ref_v, k, sec=sec)
junctions = []
for here, there in ((0, 1), (1, 0), (1, 2), (2, 1)):
    junction = h.Junction(cells[here](0.5))
    junction.g = 0.0005 * (1 + here)
    pc.target_var(junction, junction._ref_vgap, there)
    junctions.append(junction)
pc.setup_transfer()
clamp = h.IClamp(cells[0](0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 3, 0.3
pc.set_maxstep(10)
h.finitialize(-65)
begun = [[junction.vgap, junction.i] for junction in junctions]
trace = []
for k in range(40):
    pc.psolve(0.25 * (k + 1))
    trace.append([sec(0.5).v for sec in cells] + [junction.vgap for junction in junctions])

report({"begun": begun, "trace": trace, "i": [junction.i for junction in junctions]})
