"""Methods that change a Vector give it back."""

from neuron import h
from paired import report

v = h.Vector(5)
result = v.indgen(1, 0.5).mul(2).add(1).append(7).reverse()
copied = v.c().sort()

report({
    "result": result,
    "itself": [result == v, result.same(v), v.fill(0, 0, 1) == v],
    "a copy is another": [copied == v, copied.same(v)],
    "copied": copied,
    "changed": v,
    "numbers": [v.size(), v.sum(), v.scale(0, 1)],
})
