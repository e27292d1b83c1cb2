"""From variable to fixed steps and back within a run: states and events stay."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

synapse = h.ExpSyn(soma(0.5))
netcon = h.NetCon(None, synapse)
netcon.weight[0] = 0.005
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-7)
h.finitialize(-65)
netcon.event(5.5)
cvode.solve(2)
found = {"variable": [h.t, soma(0.5).v]}
cvode.active(False)
h.dt = 0.005
while h.t < 3 - 1e-9:
    h.fadvance()
found["fixed"] = [h.t, soma(0.5).v, soma(0.5).n_hh]
cvode.active(True)
cvode.solve(7)
found["variable again"] = [h.t, soma(0.5).v, synapse.g]
report(found, rtol=1e-4, atol=1e-9)
