"""Classes of hoc: templates with sections, public variables and functions, cells of networks."""

from neuron import h
from paired import captured, report

h("shared = 0")
h("""begintemplate Cell
public soma, dend, syn, id, total, label, grow, twice
external shared
create soma, dend[2]
objref syn
strdef label
total = 0
hidden = 3
proc init() { local i
    id = $1
    sprint(label, "cell%d", id)
    soma { L = 10 * id  insert pas  syn = new ExpSyn(0.5) }
    for i = 0, 1 { connect dend[i](0), soma(1) }
    grow(hidden)
}
proc grow() { total += $1  shared = shared + 1 }
func twice() { return 2 * $1 + hidden }
endtemplate Cell
objref first, pair[2]
first = new Cell(5)
pair[1] = new Cell(7)""")
other = h.Cell(9)
found = {
    "names": [h.first.hname(), h.pair[1].hname(), other.hname(), str(other.soma), other.dend[1].name()],
    "values": [h.first.id, h.first.total, h.first.label, other.soma.L, other.syn.hname(), h.shared],
    "functions": [h.first.twice(4), other.twice(1)],
}
h.first.grow(2.5)
h.first.id = 6
found["changed"] = [h.first.total, h.first.id, h.shared, other.id]
TEXTS = [
    "print first, pair[0], pair[1].id, first.twice(2), first.soma.L, first.dend[1].nseg",
    "first.soma print secname()",
    "first.soma.L = 33",
    "pair[1].syn.tau = 4",
    "print first.soma.L, pair[1].syn.tau",
    "first.grow(1)",
    "first.total",
    'forsec "Cell[1]" print secname()',
]
found["printed"] = {text: captured(h, text) for text in TEXTS}
cells = [h.first, h.pair[1], other]
netcons = [
    h.NetCon(a.soma(0.5)._ref_v, b.syn, sec=a.soma) for a, b in zip(cells, cells[1:] + cells[:1], strict=True)
]
cvode = h.CVode()


def listed(*arguments):
    return [netcon.hname() for netcon in cvode.netconlist(*arguments)]


found["netcons"] = [
    listed(h.first, "", ""),
    listed("", other, ""),
    listed("Cell[1]", "", ""),
    listed("", "Cell", "ExpSyn[<01>]"),
    [netcon.precell().hname() for netcon in netcons],
    [netcon.postcell() == other for netcon in netcons],
]
cells_listed = h.List("Cell")
found["listed"] = [cells_listed.count(), cells_listed.o(1).id]
cvode.active(True)
h.finitialize(-65)
states, name = h.Vector(), h.ref("")
cvode.states(states)
found["states"] = []
for style in range(3):
    names = []
    for i in range(len(states)):
        cvode.statename(i, name, style)
        names.append(name[0])
    found["states"].append(sorted(names))
report(found)
