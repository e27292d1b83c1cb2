"""Nodes without capacitance: branches, point processes at the ends of sections."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
branches = [h.Section(name=f"branch{i}") for i in range(3)]
for i, branch in enumerate(branches):
    branch.connect((soma if i == 0 else branches[0])(1))
    branch.L, branch.diam, branch.nseg = 150 + 50 * i, 2 - 0.5 * i, 3
    branch.insert("pas")
    branch.e_pas = -65
at_end = h.IClamp(branches[0](1))
at_end.delay, at_end.dur, at_end.amp = 1, 1, 0.8
synapse = h.ExpSyn(branches[2](1))
synapse.tau = 3
event = h.NetCon(None, synapse)
event.weight[0] = 0.003
at_root = h.SEClamp(soma(0))
at_root.dur1, at_root.amp1, at_root.rs = 0.5, -60, 10
h.cvode_active(True)
cvode = h.CVode()
cvode.atol(1e-7)
places = [soma(0), soma(0.5), soma(1), branches[0](1), branches[1](0.5), branches[2](1)]
recorded = [h.Vector().record(place._ref_v, 0.5) for place in places]
h.finitialize(-65)
event.event(4.321)
h.continuerun(10)
report({"v": recorded, "end": [h.t, synapse.g, synapse.i]}, rtol=1e-5, atol=1e-5)
