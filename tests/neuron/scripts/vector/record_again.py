"""Recording starts anew at each finitialize, goes on over several loops, and can be ended."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.insert("pas")
v = n.Vector().record(sec(0.5)._ref_v)
before = len(v)
n.finitialize(-65)
sizes = [len(v)]
for _ in range(5):
    n.fadvance()
sizes.append(len(v))
for _ in range(5):
    n.fadvance()
sizes.append(len(v))
first = list(v)
n.finitialize(-40)
sizes.append(len(v))
for _ in range(3):
    n.fadvance()
second = list(v)
v.play_remove()
n.finitialize(-30)
for _ in range(7):
    n.fadvance()
third = list(v)

report({
    "before": before,
    "sizes": sizes,
    "first": first,
    "second": second,
    "no longer recorded": third,
})
