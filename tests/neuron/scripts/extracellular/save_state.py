"""SaveState keeps the potentials outside: a run that is brought back goes on as it did."""

from neuron import h
from paired import outside, report

cable = h.Section(name="cable")
cable.L, cable.diam, cable.nseg = 200, 3, 3
cable.insert("hh")
cable.insert("extracellular")
for x in cable:
    for i in range(2):
        x.xraxial[i], x.xg[i], x.xc[i] = 100, 0.01, 0.3
clamp = h.IClamp(cable(1))
clamp.delay, clamp.dur, clamp.amp = 0, 10, 0.5


def run():
    for _ in range(40):
        h.fadvance()
    return [[x.v, outside(x, 0), outside(x, 1)] for x in cable.allseg()]


h.finitialize(-65)
run()
state = h.SaveState()
state.save()
first = run()
h.finitialize(-65)
state.restore()
second = run()
report({"same": first == second, "values": first}, rtol=1e-5)
