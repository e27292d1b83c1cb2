"""Three layers with capacitances in a branched tree, with IDA."""

from neuron import h
from paired import report

h.nlayer_extracellular(3)
soma, left, right = sections = [h.Section(name=n) for n in ("soma", "left", "right")]
left.connect(soma(1))
right.connect(soma(1))
for section in sections:
    section.L, section.diam, section.nseg = 100, 4, 3
    section.insert("pas")
for section in (soma, left):
    section.insert("extracellular")
    for x in section:
        for layer in range(3):
            x.xraxial[layer], x.xg[layer], x.xc[layer] = 60 * (layer + 1), 0.002, 0.1 * layer + 0.1
clamp = h.IClamp(right(0.5))
clamp.delay, clamp.dur, clamp.amp = 0.5, 2, 0.3
cvode = h.CVode()
cvode.atol(1e-6)
cvode.active(True)
cvode.use_daspk(True)
times = h.Vector().indgen(0.2, 4, 0.2)
recorded = [h.Vector().record(s(x)._ref_v, times) for s in sections for x in (0.5, 1)]
recorded += [h.Vector().record(s(0.5)._ref_vext[0], times) for s in (soma, left)]
current = h.Vector().record(left(0.5)._ref_i_membrane, times)
h.finitialize(-70)
while h.t < 4.1:
    h.fadvance()
report({"v": recorded, "i": current}, rtol=0, atol=2e-4)
