"""printf on the terminal: the default, formats and ranges."""

from neuron import h
from paired import captured, report

v = h.Vector([0, -1.5, 3.25, 1e-7, 123456789, 2.5e30, 42])

report({
    "default": captured(v.printf),
    "format": captured(v.printf, "%8.3f|"),
    "range": captured(v.printf, 1, 3),
    "format and range": captured(v.printf, "%g, ", 2, 5),
    "lines": captured(v.printf, "%-12.4e;\n"),
    "percent": captured(v.printf, "%+.2g%% "),
    "count": [v.printf("", 0, 6), h.Vector([1]).printf("")],
})
