"""printf, fprint and scanf: what is printed, and what is read back."""

from neuron import h
from paired import captured, report

m = h.Matrix(2, 3)
m.set(1, -2.5, 1e6, 0, 1 / 3, 1e-9)
printed = [captured(m.printf), captured(m.printf, " %g", " |\n"), captured(m.printf, "%8.2f")]
file = h.File()
file.wopen("matrix.txt")
m.fprint(file)
m.fprint(0, file, " %.17g")
file.close()
text = open("matrix.txt").read()
file.ropen("matrix.txt")
first = h.Matrix(1, 1)
first.scanf(file)
second = h.Matrix(1, 1)
second.scanf(file, 2, 3)
file.close()
report({
    "printed": printed,
    "text": text,
    "first": [first.nrow(), first.ncol(), list(first.to_vector())],
    "second": [second.nrow(), second.ncol(), list(second.to_vector())],
})
