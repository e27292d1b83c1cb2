"""FUNCTIONs and PROCEDUREs of a point process are its methods."""

from neuron import n
from paired import mechanisms, raises, report

mechanisms("interface/counter.mod")
sec = n.Section("soma")
sec.insert("pas")
counters = [n.Counter(sec(0.5)) for _ in range(2)]
n.finitialize(-70)
counters[0].set(0.1, 9)
sums = [counters[0].add(1), counters[0].add(2.5), counters[1].add(7)]
for _ in range(20):
    n.fadvance()

report({
    "sums": sums,
    "totals": [counter.total for counter in counters],
    "charge": [counter.charge(10) for counter in counters],
    "amplitude": [counter.amplitude for counter in counters],
    "array": [list(counter.level) for counter in counters],
    "v": sec(0.5).v,
    "procedure returns": counters[1].set(0, 0),
    "too few": raises(lambda: counters[0].charge()),
    "no such": raises(lambda: counters[0].nothing(1)),
})
