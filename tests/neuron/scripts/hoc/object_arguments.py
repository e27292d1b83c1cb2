"""Functions of hoc that set the objects and texts that they are called with, and a cell that connects itself."""

from neuron import h
from paired import report

h("""objref first, second, nothing
strdef word
proc make() { $o1 = new Vector($2) }
proc twice() { make($o1, $2 * 2) }
func isnull() { return $o1 == nothing }
proc say() { $s1 = "said" }
func kind() { return argtype(1) }
begintemplate Cell
public soma, syn, connect2target
create soma
objref syn
proc init() { soma { L = 20 diam = 20 insert hh syn = new ExpSyn(.5) } }
proc connect2target() { soma $o2 = new NetCon(&v(.5), $o1) }
endtemplate Cell
""")
h("make(first, 5)")
h("twice(second, 4)")
h("say(word)")
found = {"hoc": [h.first.size(), h.second.size(), h.word, h.isnull(None), h.isnull(h.first)]}
made, given, text = h.ref(None), h.ref(h.first), h.ref("text")
h.make(made, 7)
h.twice(given, 2)
h.say(text)
found["python"] = [made[0].size(), given[0].size(), h.first.size(), text[0]]
kinds = 3, "text", h.first, text, None, h.ref(1.5)
found["types"] = [h.kind(each) for each in kinds]

cells = [h.Cell() for _ in range(3)]
netcons = []
for i in range(3):
    netcon = h.ref(None)
    cells[i].connect2target(cells[(i + 1) % 3].syn, netcon)
    netcons.append(netcon[0])
listed = h.CVode().netconlist
for pattern in (("Cell", "", ""), (cells[0], "", ""), ("", cells[0], ""), ("Cell[1]", "Cell[2]", "")):
    pairs = [(n.precell().hname(), n.postcell().hname()) for n in listed(*pattern)]
    found[str(pattern)] = pairs
report(found)
