"""solv, det, inverse, exp, pow: against NEURON, and by what they must satisfy."""

from neuron import h
from paired import report

m = h.Matrix(4, 4)
m.set(4, 1, 0, 2, 1, 5, -1, 0, 0, -1, 3, 1, 2, 0, 1, 6)
b = h.Vector([1, 2, 3, 4])
x = m.solv(b)
again = h.Vector()
m.solv(b, again, 1)
sparse = h.Matrix(4, 4, 2)
for i in range(4):
    for j in range(4):
        if m.getval(i, j):
            sparse.setval(i, j, m.getval(i, j))
exponent = h.ref(0)
mantissa = m.det(exponent)
small = m.c()
small.muls(0.3)
report({
    "solv": x,
    "again": again,
    "sparse": sparse.solv(b),
    "back": m.mulv(x),
    "det": [mantissa, exponent[0]],
    "tiny": [h.Matrix(2, 2).ident().muls(0.01).det(exponent), exponent[0]],
    "inverse": m.inverse().to_vector(),
    "exp": small.exp().to_vector(),
    "pow": [list(m.pow(k).to_vector()) for k in (0, 1, 2, 5)],
}, rtol=1e-11, atol=1e-13)
