"""Membrane currents of all kinds at a step: hh, pas, ions, synapse, clamp."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 20
sec.nseg = 3
sec.insert("hh")
sec.insert("pas")
syn, clamp = n.ExpSyn(sec(0.1)), n.IClamp(sec(0.9))
clamp.delay, clamp.dur, clamp.amp = 0.5, 2, 0.1
nc = n.NetCon(None, syn)
nc.weight[0] = 0.002
n.finitialize(-65)
nc.event(1)
trace = []
while n.t < 4:
    n.fadvance()
    trace.append([[seg.ina, seg.ik, seg.il_hh, seg.pas.i] for seg in sec] + [[syn.i, clamp.i]])

report({"trace": trace})
