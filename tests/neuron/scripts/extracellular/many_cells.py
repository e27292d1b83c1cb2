"""Cells of equal shape, some with layers and some without, and threshold detection in them."""

from neuron import h
from paired import report

h.nlayer_extracellular(1)
cells, spikes, connections, clamps = [], [], [], []
for number in range(6):
    soma = h.Section(name=f"soma{number}")
    dendrite = h.Section(name=f"dendrite{number}")
    dendrite.connect(soma(1))
    soma.L = soma.diam = 20
    dendrite.L, dendrite.diam, dendrite.nseg = 150, 2, 3
    soma.insert("hh")
    dendrite.insert("pas")
    if number % 2:
        for section in (soma, dendrite):
            section.insert("extracellular")
            section.xraxial[0], section.xg[0] = 100, 0.005
    clamp = h.IClamp(dendrite(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0.3, 5, 0.3 + 0.1 * number
    times = h.Vector()
    connection = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
    connection.record(times)
    cells.append((soma, dendrite))
    spikes.append(times)
    connections.append(connection)
    clamps.append(clamp)
h.finitialize(-65)
for _ in range(300):
    h.fadvance()
v = [[soma(0.5).v, dendrite(1).v] for soma, dendrite in cells]
report({"v": v, "spikes": spikes}, rtol=1e-5)
