"""Sparse matrices: lengths of rows, their elements by position, identity and solution."""

from neuron import h
from paired import report

m = h.Matrix(4, 4, 2)
for i, j, value in ((0, 0, 2), (0, 3, 1), (1, 1, 3), (2, 2, -1), (2, 0, 4), (3, 3, 5), (3, 1, 1)):
    m.setval(i, j, value)
lengths = [m.sprowlen(i) for i in range(4)]
column = h.ref(0)
stored = []
for i in range(4):
    for k in range(int(m.sprowlen(i))):
        value = m.spgetrowval(i, k, column)
        stored.append([i, column[0], value])
solved = m.solv(h.Vector([1, 2, 3, 4]))
missing = m.getval(1, 0)
m.ident()
report({
    "lengths": lengths,
    "stored": stored,
    "solved": solved,
    "missing": missing,
    "ident": [m.getval(i, j) for i in range(4) for j in range(4)],
}, expect={
    # NEURON's solution does not solve the equations if places are not symmetric
    "solved": [1 / 6, 2 / 3, -7 / 3, 2 / 3],
})
