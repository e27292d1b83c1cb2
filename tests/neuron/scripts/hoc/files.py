"""Files of hoc: executed once, in their folder, with what they declare known to Python."""

import os
from pathlib import Path

from neuron import h
from paired import captured, report

Path("inner").mkdir()
Path("inner/part.hoc").write_text("inside = 5\nproc part_of() { return }\n")
Path("inner/whole.hoc").write_text(
    'load_file("part.hoc")\n'
    "create soma\n"
    "access soma\n"
    "// geometry\n"
    "soma {\n  L = 12\n  diam = 7 /* a\n comment */\n  insert pas\n}\n"
    "times = times + 1\n"
    "func after() {\n  finitialize($1)\n  fadvance()\n  return v(.5)\n}\n"
)
h("times = 0")
found = {"load": [], "folder": []}
before = os.getcwd()
captured(h.load_file, "inner/whole.hoc")
found["once"] = [h.times, h.inside, h.soma.L, h.soma.diam, h.soma.has_membrane("pas")]
found["load"] = [h.load_file("inner/whole.hoc"), h.times]
found["folder"] = os.getcwd() == before
found["called"] = h.after(-60)
found["missing"] = h.load_file("missing.hoc")
h("times = 10")
Path("again.hoc").write_text("times += 1\n")
found["again"] = [h.load_file(1, "again.hoc"), h.load_file(1, "again.hoc"), h.times, h.load_file("again.hoc"), h.times]
report(found)
