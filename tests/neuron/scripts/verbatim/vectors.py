"""C in VERBATIM that reads and changes Vectors: a cell that fires at the times in one."""

from neuron import h
from paired import mechanisms, raises, report

mechanisms("verbatim/played.mod")
h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.insert("pas")
synapse = h.ExpSyn(soma(0.5))
cells = [h.Played() for _ in range(3)]
times = h.Vector([1, 2.5, 2.5, 7, 11.3, 30])
cells[0].play(times)
cells[1].play(times, 4)
netcons = [h.NetCon(cell, synapse) for cell in cells]
spikes, ids = h.Vector(), h.Vector()
for n, netcon in enumerate(netcons):
    netcon.weight[0] = 0.001 * (n + 1)
    netcon.delay = 0.5
    netcon.record(spikes, ids, n)


def run():
    h.finitialize(-65)
    h.continuerun(20)
    return {"times": list(spikes), "ids": list(ids), "v": soma(0.5).v}


whole = run()
times.resize(2)
shorter = run()
times.append(3, 4)
cells[0].play()
changed = run()
numbers = h.Vector([1, 2, 4])

report({
    "whole": whole,
    "shorter": shorter,
    "changed": changed,
    "index": [cell.index for cell in cells],
    "sums": [cells[0].scaled(numbers), cells[0].scaled(numbers, 0.25)],
    "numbers": list(numbers),
    "no Vector": raises(lambda: cells[0].play(1)),
})
