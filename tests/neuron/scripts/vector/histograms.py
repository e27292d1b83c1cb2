"""histogram, hist and their bounds."""

from neuron import h
from paired import raises, report

v = h.Vector([((37 * k) % 23) * 0.5 - 3 for k in range(60)])

report({
    "histogram": [v.histogram(-3, 8, 1), v.histogram(0, 1, 0.25), v.histogram(0, 5, 5)],
    "hist": [h.Vector().hist(v, -3, 11, 1), h.Vector([1] * 9).hist(v, 0, 4, 0.25)],
    "edges": [h.Vector([0, 1, 1, 2]).histogram(0, 2, 1), h.Vector().hist(h.Vector([0, 1, 2]), 0, 2, 1)],
    "all counted": h.Vector().hist(v, -3, 12, 1).sum(),
    "backwards": raises(v.histogram, 1, 0, 1),
    "no width": [raises(v.histogram, 0, 1, 0), raises(h.Vector().hist, v, 0, 3, 0)],
})
