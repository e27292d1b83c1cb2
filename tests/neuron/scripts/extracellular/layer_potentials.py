"""A passive cable in one, two and three layers with capacitances: every layer's potential along it."""

from neuron import h
from paired import outside, report

places = (0, 0.1, 0.5, 0.9, 1)


def run(layers):
    h.nlayer_extracellular(layers)
    cable = h.Section(name="cable")
    cable.L, cable.diam, cable.nseg = 500, 4, 7
    cable.insert("pas")
    cable.insert("extracellular")
    for number, segment in enumerate(cable):
        for layer in range(layers):
            segment.xraxial[layer] = 100 * (layer + 1) + 10 * number
            segment.xg[layer] = 0.002 / (layer + 1)
            segment.xc[layer] = 0.2 * (layer + 1)
        segment.e_extracellular = number
    clamp = h.IClamp(cable(0.3))
    clamp.delay, clamp.dur, clamp.amp = 0.1, 2, 1
    v = [h.Vector().record(cable(x)._ref_v) for x in places]
    i = [h.Vector().record(cable(x)._ref_i_membrane) for x in places[1:-1]]
    h.finitialize(-70)
    vext = []
    for _ in range(150):
        h.fadvance()
        vext.append([outside(cable(x), layer) for x in places for layer in range(layers)])
    return {"v": [list(each) for each in v], "i": [list(each) for each in i], "vext": vext}


report({f"{layers} layers": run(layers) for layers in (1, 2, 3)}, atol=1e-10)
