"""symmeig and svd: values, and the matrix from its vectors. Their order and signs are free."""

from neuron import h
from paired import report

m = h.Matrix(3, 3)
m.set(4, 1, 0.5, 1, 3, -1, 0.5, -1, 2)
vectors = h.Matrix(3, 3)
values = m.symmeig(vectors)
diagonal = h.Matrix(3, 3)
diagonal.setdiag(0, values)
back = vectors.mulm(diagonal).mulm(vectors.transpose())

result = {"values": sorted(values), "back": back.to_vector()}
for rows, columns in ((2, 3), (3, 2), (3, 3)):
    a = h.Matrix(rows, columns)
    a.from_vector(h.Vector(range(1, rows * columns + 1)))
    u, v = h.Matrix(1, 1), h.Matrix(1, 1)
    d = a.svd(u, v)
    s = h.Matrix(rows, columns)
    for i, value in enumerate(d):
        s.setval(i, i, value)
    result[f"svd {rows} {columns}"] = d
    result[f"from {rows} {columns}"] = u.transpose().mulm(s).mulm(v).to_vector()
    result[f"orthogonal {rows} {columns}"] = [
        list(u.mulm(u.transpose()).to_vector()),
        list(v.mulm(v.transpose()).to_vector()),
    ]
    result[f"alone {rows} {columns}"] = a.svd()
report(result, rtol=1e-10, atol=1e-12)
