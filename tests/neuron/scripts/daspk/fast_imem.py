"""i_membrane_, i_membrane and i_cap in steps of IDA."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
cvode = h.CVode()
cvode.use_fast_imem(True)
cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 200, 3, 3
cable.insert("pas")
cable.insert("extracellular")
cable.xraxial[0], cable.xg[0] = 100, 0.01
clamp = h.IClamp(cable(1))
clamp.delay, clamp.dur, clamp.amp = 0.1, 10, 0.2
cvode.atol(1e-7)
cvode.active(True)
cvode.use_daspk(True)
h.finitialize(-70)
found = []
for stop in (0.5, 1, 2):
    cvode.solve(stop)
    found.append([[x.i_membrane_, x.i_membrane, x.i_cap] for x in cable])
report({"found": found}, rtol=0, atol=1e-4)
