"""load_file of the standard libraries: once, again, and of a file that is not there."""

from neuron import h
from paired import raises, report

first = [h.load_file(name) for name in ("stdrun.hoc", "stdlib.hoc", "import3d.hoc")]
again = h.load_file("stdrun.hoc")

report({
    "first": first,
    "again": again,
    "missing": h.load_file("no_such_file.hoc"),
    "library": [hasattr(h, name) for name in ("run", "lambda_f", "Import3d_SWC_read")],
    "no argument": raises(lambda: h.load_file()),
})
