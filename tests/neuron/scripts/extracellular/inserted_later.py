"""Layers are inserted, and parameters and nseg change, between runs and within one."""

from neuron import h
from paired import report

h.nlayer_extracellular(2)
cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 300, 2, 3
cable.insert("pas")
clamp = h.IClamp(cable(0.5))
clamp.delay, clamp.dur, clamp.amp = 0.1, 10, 0.2
method = [h.CVode().current_method()]


def run(steps):
    for _ in range(steps):
        h.fadvance()
    return [[seg.v for seg in cable.allseg()], [seg.vext[0] for seg in cable]]


h.finitialize(-70)
h.fadvance()
cable.insert("extracellular")
method.append(h.CVode().current_method())
for seg in cable:
    seg.xraxial[0], seg.xg[0], seg.xg[1] = 80, 0.002, 0.004
first = run(20)
method.append(h.CVode().current_method())
cable(0.5).xraxial[0] = 800
cable(0.5).xg[1] = 1
second = run(20)
cable.nseg = 5
third = run(20)
inside = [[seg.xraxial[0], seg.xg[0], seg.xg[1]] for seg in cable]
h.finitialize(-70)
begun = [[seg.vext[0] for seg in cable.allseg()], cable(0.5).i_membrane]
fourth = run(10)
report({"runs": [first, second, third, fourth], "begun": begun, "inside": inside,
        "method": method}, atol=1e-10)
