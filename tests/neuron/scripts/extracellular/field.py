"""A cable in a field: e_extracellular along it is played as a pulse, and the ends depolarize."""

from neuron import h
from paired import report

cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 1000, 2, 11
cable.Ra = 100
cable.insert("pas")
cable.insert("extracellular")
time = h.Vector([0, 1, 1, 3, 3, 20])
fields = []
for i, segment in enumerate(cable):
    x = i - 5
    field = h.Vector([0, 0, 10 * x, 10 * x, 0, 0])
    field.play(segment._ref_e_extracellular, time, 1)
    fields.append(field)
recorded = [h.Vector().record(cable(x)._ref_v) for x in (0, 0.1, 0.5, 0.9, 1)]
recorded += [h.Vector().record(cable(x)._ref_vext[0]) for x in (0, 0.1, 0.5, 0.9, 1)]
recorded += [h.Vector().record(cable(x)._ref_i_membrane) for x in (0.1, 0.5, 0.9)]
h.finitialize(-70)
for _ in range(200):
    h.fadvance()
# 1e9 S/cm2 between the layers and ground: differences of potentials have 1e-16 of that as noise
report({"v": recorded[:5], "vext": recorded[5:10], "i": recorded[10:]},
       atol=1e-9, loose={"i": {"rtol": 1e-6, "atol": 1e-9}})
