"""Memory that C asks for: structures in it, pointers between them, and Vectors behind pointers."""

from neuron import h
from paired import mechanisms, report

mechanisms("verbatim/heap.mod")
soma = h.Section(name="soma")
points = [h.heap(soma(0.5)) for _ in range(3)]
stimulus = h.NetStim()
stimulus.start, stimulus.interval, stimulus.number = 1, 0.75, 4
connections = [h.NetCon(stimulus, point) for point in points[:2]]
connections[1].delay = 2
h.finitialize(-65)
while h.t < 5:
    h.fadvance()
vector = h.Vector([1, 2, 3, 4, 5])
values = {
    "sums": [(point.sum, point.last) for point in points],
    "counts": [point.count() for point in points],
    "times": [point.times(n) for point in points for n in range(5)],
    "triangle": [points[0].triangle(n) for n in (1, 2, 5)],
    "sizes": [points[0].sizes(n) for n in range(4)],
    "spelled": [points[0].spelled(n) for n in range(3)],
    "shared": [points[n].shared(n) for n in range(3)],
    "through": points[1].through(vector),
    "vector": list(vector),
}
del points[2]
values["later"] = [point.count() for point in points]
report(values)
