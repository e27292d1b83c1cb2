"""hoc's one file to read and one to write, and sscanf."""

import os
import tempfile

from neuron import h
from paired import raises, report

path = os.path.join(tempfile.mkdtemp(), "numbers.dat")
written = [
    h.wopen(path),
    h.fprint("%g %s\n", 3.5, "mV"),
    h.fprint("%d\n", 4),
    h.wopen(),
]
text = h.ref("")
read = [h.ropen(path), h.fscan(), h.getstr(text), h.fscan()]
beyond = raises(h.fscan)
h.ropen()

word, number, more = h.ref(""), h.ref(0), h.ref(0)
report({
    "written": written,
    "read": read,
    "rest of line": text[0],
    "beyond": beyond,
    "absent": h.ropen(path + ".absent"),
    "sscanf": [h.sscanf("abc 4.5", "%s %f", word, number), word[0], number[0]],
    "sscanf literal": [h.sscanf("a=3, b=-2e1", "a=%d, b=%g", number, more), number[0], more[0]],
    "sscanf width": [h.sscanf("12345", "%2d%d", number, more), number[0], more[0]],
    "sscanf none": h.sscanf("xx", "%f", number),
})
