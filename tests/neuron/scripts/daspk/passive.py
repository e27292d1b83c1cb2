"""IDA for a model that CVODE could integrate as well: both give the converged run."""

from neuron import h
from paired import report

cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 500, 2, 5
cable.insert("pas")
clamp = h.IClamp(cable(0.1))
clamp.delay, clamp.dur, clamp.amp = 1, 2, 0.1
cvode = h.CVode()
cvode.atol(1e-6)
times = h.Vector().indgen(0, 5, 0.25)
result = {}
for daspk in (False, True):
    cvode.active(True)
    cvode.use_daspk(daspk)
    recorded = [h.Vector().record(cable(x)._ref_v, times) for x in (0, 0.1, 0.5, 1)]
    h.finitialize(-70)
    while h.t < 5.1:
        h.fadvance()
    result[f"v {daspk}"] = [list(each) for each in recorded]
    result[f"method {daspk}"] = [cvode.current_method(), cvode.use_daspk()]
report(result, rtol=0, atol=2e-4)
