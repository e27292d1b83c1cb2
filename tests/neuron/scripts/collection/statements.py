"""The one-line statements of hoc that Python scripts use, and names that they declare."""

from neuron import h
from paired import report

found = {"load": [h('load_file("stdrun.hoc")'), h('{load_file("stdlib.hoc")}')]}
h("create soma, dend[3]")
found["sections"] = [h.soma.name(), h.dend[1].name(), len(h.dend), [s.name() for s in h.allsec()]]
h("connect dend[0](0), soma(1)")
h("connect dend[1](0), dend[0](0.5)")
found["parents"] = [str(h.dend[0].parentseg()), str(h.dend[1].parentseg()), h.dend[2].parentseg()]
h("access soma")
found["accessed"] = h.cas().name()
h("forall insert pas")
h("forall { insert hh }")
found["inserted"] = [[s.has_membrane("pas"), s.has_membrane("hh")] for s in h.allsec()]
h("objref vec, other")
h.vec = h.Vector([1, 2])
found["objects"] = [list(h.vec), h.other]
h.other = h.vec
h.vec = None
found["objects"] += [list(h.other), h.vec]
h("strdef text")
found["strings"] = [h.text]
h.text = "abc"
found["strings"] += [h.text]
h('text = "def"')
found["strings"] += [h.text]
h("count = 3")
found["numbers"] = [h.count]
h.count = 5
found["numbers"] += [h.count, h.execute("count = 9"), h.count, h.execute1("count = -1e-1"), h.count]
h("tstop = 7 // ms\ncelsius=20")
found["variables"] = [h.tstop, h.celsius]
h("finitialize(-60)")
h("run()")
found["t"] = h.t
names = ("soma", "dend", "vec", "text", "count", "t", "Vector", "nothing", "v", "hh", "finitialize")
found["declared"] = {name: h.name_declared(name) for name in names}
h("forall delete_section()")
found["deleted"] = len(list(h.allsec()))
h("create soma")
found["again"] = [h.soma.name(), len(list(h.allsec())), h.soma.has_membrane("pas")]

report(found)
