"""log, sqrt, pow and other functions, and what they refuse."""

from neuron import h
from paired import raises, report

v, signed = h.Vector([0.25, 1, 2, 30]), h.Vector([-2.5, -0.5, 0, 1.5])

report({
    "functions": [getattr(v.c(), f)() for f in ("log", "log10", "sqrt", "tanh", "abs", "floor")],
    "signed": [getattr(signed.c(), f)() for f in ("tanh", "abs", "floor")],
    "of another": [getattr(h.Vector(9), f)(v) for f in ("log", "log10", "sqrt", "tanh", "abs", "floor")],
    "pow": [v.c().pow(p) for p in (-1, 0, 0.5, 1, 2, 3, -0.7)],
    "pow of another": h.Vector(4).fill(1).pow(v, 2),
    "sin": [h.Vector(6).sin(50, 0), h.Vector(6).sin(50, 1.5, 0.5)],
    "scale": [v.c().scale(-1, 1), h.Vector([3, 3]).scale(0, 1)],
    "refused": [raises(signed.c().sqrt), raises(signed.c().pow, 0.5), raises(signed.c().pow, -1)],
}, rtol=1e-14)
