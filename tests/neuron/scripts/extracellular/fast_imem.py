"""i_membrane_ beside i_membrane: the same current, in nA and also at ends."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
h.CVode().use_fast_imem(True)
cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 200, 3, 3
cable.insert("pas")
cable.insert("extracellular")
cable.xraxial[0], cable.xg[0] = 100, 0.01
clamp = h.IClamp(cable(1))
clamp.delay, clamp.dur, clamp.amp = 0, 10, 0.2
h.finitialize(-70)
found = []
for _ in range(20):
    h.fadvance()
    found.append([[x.i_membrane_ for x in cable.allseg()], [x.i_membrane for x in cable]])
report({"currents": found}, atol=1e-10)
