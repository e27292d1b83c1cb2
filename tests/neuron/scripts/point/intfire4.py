"""IntFire4: excitatory and inhibitory input currents, membrane, spike times."""

from neuron import n
from paired import report

sec = n.Section("nothing")
cell = n.IntFire4()
defaults = [cell.taue, cell.taui1, cell.taui2, cell.taum]
cell.taue, cell.taui1, cell.taui2, cell.taum = 3, 6, 12, 25
excite, inhibit = n.NetCon(None, cell), n.NetCon(None, cell)
excite.weight[0], inhibit.weight[0] = 0.6, -0.3
out, times = n.NetCon(cell, None), n.Vector()
out.record(times)
n.finitialize(-65)
for k in range(15):
    excite.event(1 + 2.1 * k)
    if k % 3 == 1:
        inhibit.event(1.4 + 2.1 * k)
states = []
while n.t < 50:
    n.fadvance()
    states.append([cell.M(), cell.E(), cell.I()])

report({"defaults": defaults, "times": times, "states": states, "count": len(times)},
       # exponentials of long times are compared with what is left near zero
       loose={"states": {"rtol": 1e-9, "atol": 1e-15}})
