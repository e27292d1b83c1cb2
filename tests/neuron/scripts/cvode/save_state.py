"""SaveState with variable steps: states and events come back; the integrator begins anew."""

from models import clamped_soma
from neuron import h
from paired import report

soma, stimulus = clamped_soma()

synapse = h.ExpSyn(soma(0.5))
event = h.NetCon(None, synapse)
event.weight[0] = 0.01
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-7)
h.finitialize(-65)
event.event(4)
cvode.solve(2)
state = h.SaveState()
state.save()
found = {"saved": [h.t, soma(0.5).v, soma(0.5).n_hh]}
cvode.solve(6)
found["end"] = [h.t, soma(0.5).v, synapse.g]
h.finitialize(-80)
state.restore()
cvode.re_init()
found["restored"] = [h.t, soma(0.5).v, soma(0.5).n_hh]
cvode.solve(6)
found["again"] = [h.t, soma(0.5).v, synapse.g]
report(found, rtol=1e-4, atol=1e-8)
