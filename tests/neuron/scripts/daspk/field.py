"""extracellular with IDA, switched on by itself: a field that is played, and grounded layers."""

from neuron import h
from paired import report

cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 1000, 2, 7
cable.Ra = 100
cable.insert("pas")
cable.insert("extracellular")
time = h.Vector([0, 1, 1, 3, 3, 20])
fields = []
for i, segment in enumerate(cable):
    field = h.Vector([0, 0, 10 * (i - 3), 10 * (i - 3), 0, 0])
    field.play(segment._ref_e_extracellular, time, 1)
    fields.append(field)
cvode = h.CVode()
cvode.atol(1e-6)
cvode.active(True)
cvode.use_daspk(True)
times = h.Vector().indgen(0.25, 6, 0.5)
recorded = [h.Vector().record(cable(x)._ref_v, times) for x in (0, 0.1, 0.5, 1)]
recorded += [h.Vector().record(cable(x)._ref_vext[0], times) for x in (0.1, 0.9)]
current = h.Vector().record(cable(0.1)._ref_i_membrane, times)
h.finitialize(-70)
while h.t < 6.1:
    h.fadvance()
report({"v": recorded, "i": current, "method": cvode.current_method()}, rtol=0, atol=2e-4)
