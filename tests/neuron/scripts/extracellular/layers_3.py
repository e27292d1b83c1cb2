"""A passive cable in 3 layer(s) with capacitances: every layer's potential along it."""

from neuron import h
from paired import outside, report

h.nlayer_extracellular(3)
cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 500, 4, 7
cable.insert("pas")
cable.insert("extracellular")
for number, segment in enumerate(cable):
    for layer in range(3):
        segment.xraxial[layer] = 100 * (layer + 1) + 10 * number
        segment.xg[layer] = 0.002 / (layer + 1)
        segment.xc[layer] = 0.2 * (layer + 1)
    segment.e_extracellular = number
clamp = h.IClamp(cable(0.3))
clamp.delay, clamp.dur, clamp.amp = 0.1, 2, 1
places = (0, 0.1, 0.5, 0.9, 1)
recorded = {
    "v": [h.Vector().record(cable(x)._ref_v) for x in places],
    "i": [h.Vector().record(cable(x)._ref_i_membrane) for x in places[1:-1]],
}
h.finitialize(-70)
vext = []
for _ in range(150):
    h.fadvance()
    vext.append([outside(cable(x), layer) for x in places for layer in range(3)])
report(recorded | {"vext": vext}, atol=1e-10)
