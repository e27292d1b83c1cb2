"""An INITIAL of NET_RECEIVE that has nothing to do: the weights are not set to 0."""

from neuron import h
from paired import mechanisms, report

mechanisms("keepweights.mod")
cell = h.KeepWeights()
netcon = h.NetCon(None, cell)
for i in range(3):
    netcon.weight[i] = i + 1
h.finitialize(-65)
weights = [netcon.weight[i] for i in range(3)]
netcon.event(0.5)
while h.t < 1:
    h.fadvance()

report({"weights": weights, "sum": cell.sum})
