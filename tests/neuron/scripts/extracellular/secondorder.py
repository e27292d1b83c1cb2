"""secondorder 1 and 2 with a grounded layer: the cable makes two half steps, the layer one."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 400, 3, 5
cable.insert("pas")
cable.insert("extracellular")
clamp = h.IClamp(cable(0))
clamp.delay, clamp.dur, clamp.amp = 0.1, 10, 0.3
places = (0, 0.5, 1)
result = {}
for order in (0, 1, 2):
    h.secondorder = order
    for xg in (1e9, 0.01):
        cable.xg[0] = xg
        cable.xraxial[0] = 1e9 if xg > 1 else 100
        v = [h.Vector().record(cable(x)._ref_v) for x in places]
        vext = [h.Vector().record(cable(x)._ref_vext[0]) for x in places[1:2]]
        i = h.Vector().record(cable(0.5)._ref_i_membrane)
        h.finitialize(-65)
        for _ in range(40):
            h.fadvance()
        result[f"{order} {xg} v"] = [list(each) for each in v]
        result[f"{order} {xg} i"] = list(i)
        if xg < 1:
            result[f"{order} {xg} vext"] = [list(each) for each in vext]
report(result | {"method": h.CVode().current_method()}, atol=1e-9)
