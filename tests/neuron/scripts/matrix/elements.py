"""Elements, rows, columns and diagonals, full and sparse: reading, setting, sizes."""

from neuron import h
from paired import raises, report

result = {}
for kind in (1, 2):
    m = h.Matrix(3, 4, kind)
    for i in range(3):
        for j in range(i, 4):
            m.setval(i, j, 10 * i + j + 1)
    m.x[2][0] = -5
    result[f"{kind} size"] = [m.nrow(), m.ncol()]
    result[f"{kind} all"] = [[m.getval(i, j) for j in range(4)] for i in range(3)]
    result[f"{kind} x"] = [m.x[1][1], m.x[2][0]]
    m.setrow(1, 7)
    m.setcol(0, h.Vector([1, 2, 3]))
    m.setrow(2, h.Vector([9, 8, 7, 6]))
    m.setdiag(1, 4)
    m.setdiag(-1, h.Vector([0, 5, 6]))
    result[f"{kind} set"] = [[m.getval(i, j) for j in range(4)] for i in range(3)]
    result[f"{kind} product"] = m.mulv(h.Vector([1, 2, 3, 4]))
    m.zero()
    result[f"{kind} zero"] = sum(m.getval(i, j) for j in range(4) for i in range(3))
full = h.Matrix(3, 3)
full.set(1, 2, 3, 4, 5, 6, 7, 8, 9)
result["row"] = full.getrow(1)
result["col"] = full.getcol(2)
result["diag"] = [list(full.getdiag(0)), list(full.getdiag(1))[:2], list(full.getdiag(-1))[1:]]
result["vector"] = full.to_vector()
result["from"] = h.Matrix(2, 2).from_vector(h.Vector([1, 2, 3, 4])).getrow(0)
full.resize(4, 2)
result["resized"] = full.to_vector()
full.ident()
result["ident"] = full.to_vector()
result["refused"] = [
    raises(lambda: full.getval(4, 0)),
    raises(lambda: full.setval(0, 2, 1)),
    raises(lambda: full.mulv(h.Vector(3))),
    raises(lambda: full.from_vector(h.Vector(3))),
]
report(result)
