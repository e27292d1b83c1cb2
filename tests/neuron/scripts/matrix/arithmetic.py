"""Products, sums, copies and blocks, in place and into another matrix."""

from neuron import h
from paired import raises, report

a = h.Matrix(2, 3)
a.set(1, 2, 3, 4, 5, 6)
b = h.Matrix(3, 2)
b.set(1, -1, 0, 2, 5, 0.5)
out = h.Matrix(5, 5)
product = a.mulm(b)
a.mulm(b, out)
copy = a.c()
copy.muls(2)
other = h.Matrix(2, 3)
a.muls(3, other)
total = a.c()
total.add(other)
into = h.Matrix(2, 3)
a.add(other, into)
# NEURON stops at a matrix that is not square
square = h.Matrix(2, 2)
square.set(1, 2, 3, 4)
transposed = square.transpose()
big = h.Matrix(4, 4)
a.bcopy(0, 1, 2, 2, 1, 2, big)
block = a.bcopy(1, 0, 1, 3)
vector = h.Vector(1)
a.mulv(h.Vector([1, 1, 1]), vector)


def shown(m):
    return [m.nrow(), m.ncol(), list(m.to_vector())]


report({
    "product": shown(product),
    "out": shown(out),
    "copy": [shown(copy), shown(a)],
    "scaled": shown(other),
    "sums": [shown(total), shown(into)],
    "transposed": shown(transposed),
    "blocks": [shown(big), shown(block)],
    "vector": vector,
    "refused": [raises(lambda: a.mulm(b, b)), raises(lambda: a.mulm(a))],
})
