"""dae_init_dteps: its value and styles, each of which begins with potentials that fit together."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 200, 2, 3
cable.insert("pas")
cable.insert("extracellular")
cable.xraxial[0], cable.xg[0] = 100, 0.01
cable.e_extracellular = 20
cable(0.5).e_extracellular = -10
cvode = h.CVode()
cvode.atol(1e-6)
cvode.active(True)
cvode.use_daspk(True)
eps = [cvode.dae_init_dteps(), cvode.dae_init_dteps(1e-8)]
values = []
for style in (0, 1, 2, 8, 9, 10):
    eps.append(cvode.dae_init_dteps(1e-9, style))
    h.finitialize(-70)
    begun = [[x.v, x.vext[0]] for x in cable]
    cvode.solve(2)
    values.append([begun, [[x.v, x.vext[0]] for x in cable]])
report({"eps": eps, "values": values}, rtol=0, atol=1e-4)
