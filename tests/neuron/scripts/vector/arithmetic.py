"""Arithmetic in place, of Vectors and numbers, and the functions that fill a Vector."""

from neuron import n
from paired import report

v = n.Vector([1, 2, 3.5, -4])
w = n.Vector([2, 0.5, -1, 3])

report({
    "add": [v.c().add(w), v.c().add(2)],
    "sub": [v.c().sub(w), v.c().sub(2)],
    "mul": [v.c().mul(w), v.c().mul(2)],
    "div": [v.c().div(w), v.c().div(4)],
    "scale": [v.c().scale(-1, 1), v.c().abs(), v.c().pow(2)],
    "log": [v.c().abs().log(), v.c().abs().log10(), v.c().abs().sqrt(), v.c().tanh()],
    "operators": [v + w, v - w, v * w, v / w, v + 1, 2 * v, -v],
    "dot": [v.dot(w), v.mag(), v.sumsq(), v.meansqerr(w)],
    "filled": [n.Vector(4).fill(7), n.Vector(5).fill(3, 1, 2)],
    "indgen": [n.Vector(4).indgen(), n.Vector(4).indgen(0.5), n.Vector(4).indgen(1, 0.25)],
    "range": n.Vector().indgen(1, 3, 0.5),
    "sin": n.Vector(5).sin(100, 0.3, 1),
    "unchanged": v,
})
