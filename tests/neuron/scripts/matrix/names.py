"""Constructors and names: sizes, types, hname, and methods that give the matrix itself."""

from neuron import h
from paired import raises, report

a, b = h.Matrix(), h.Matrix(2)
c = h.Matrix(2, 5, 2)
report({
    "sizes": [[m.nrow(), m.ncol()] for m in (a, b, c)],
    "names": [m.hname() for m in (a, b, c)],
    "same": [a.hname() == a.resize(2, 2).hname(), a.hname() == a.zero().hname(),
             a.hname() == a.ident().hname(), a.hname() == a.setrow(0, 1).hname(),
             a.hname() == a.muls(2).hname(), a.hname() == a.c().hname()],
    "refused": [raises(h.Matrix, 0), raises(h.Matrix, 2, 0), raises(h.Matrix, 2, 2, 4)],
})
