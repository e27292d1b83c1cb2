"""Sections with and without layers in one tree: the layers end sealed where the others begin."""

from neuron import h
from paired import outside, report

h.nlayer_extracellular(2)
names = ["root", "with_layers", "between", "tip"]
root, layered, between, tip = sections = [h.Section(name=name) for name in names]
layered.connect(root(1))
between.connect(layered(1))
tip.connect(between(0.5))
for section in sections:
    section.L, section.diam, section.nseg = 100, 2, 3
    section.insert("pas")
for section in (layered, tip):
    section.insert("extracellular")
    for x in section:
        x.xraxial[0], x.xraxial[1] = 50, 500
        x.xg[0], x.xg[1] = 0.001, 0.003
        x.xc[0], x.xc[1] = 0.1, 0.2
        x.e_extracellular = 10
clamp = h.IClamp(root(0.5))
clamp.delay, clamp.dur, clamp.amp = 0.2, 1, 0.5
recorded = {
    "v": [h.Vector().record(s(x)._ref_v) for s in sections for x in (0, 0.5, 1)],
    "i": [h.Vector().record(s(0.5)._ref_i_membrane) for s in (layered, tip)],
}
h.finitialize(-70)
vext = []
for _ in range(100):
    h.fadvance()
    vext.append([outside(s(x), i) for s in (layered, tip) for x in (0.5, 1) for i in (0, 1)])
report(recorded | {"vext": vext}, atol=1e-10)
