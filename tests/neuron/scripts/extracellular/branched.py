"""A branched tree in two layers, with sections attached at an end, in the middle and at a root."""

from neuron import h
from paired import outside, report

names = ["soma", "one", "two", "middle", "root"]
soma, one, two, middle, root = sections = [h.Section(name=name) for name in names]
one.connect(soma(1))
two.connect(soma(1), 1)
middle.connect(one(0.5))
root.connect(soma(0))
for number, section in enumerate(sections):
    section.L, section.diam, section.nseg = 60 + 20 * number, 5 - number / 2, 2 * number + 1
    section.insert("pas")
    section.insert("extracellular")
    for x in section:
        x.xraxial[0], x.xraxial[1] = 30 + number, 60
        x.xg[0], x.xg[1] = 0.01, 0.02 * (number + 1)
        x.xc[0], x.xc[1] = 0.3, 0
        x.e_extracellular = 2 * number - 1
one.rallbranch = 2
clamp = h.IClamp(middle(1))
clamp.delay, clamp.dur, clamp.amp = 0.2, 3, 0.4
recorded = {
    "v": [h.Vector().record(s(x)._ref_v) for s in sections for x in (0, 0.5, 1)],
    "i": [h.Vector().record(s(0.5)._ref_i_membrane) for s in sections],
}
h.finitialize(-70)
vext = []
for _ in range(200):
    h.fadvance()
    vext.append([outside(s(x), i) for s in sections for x in (0, 0.5, 1) for i in (0, 1)])
report(recorded | {"vext": vext}, atol=1e-10)
