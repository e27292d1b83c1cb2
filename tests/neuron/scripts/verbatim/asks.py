"""What C in VERBATIM asks of the system, of hoc, of other files and of a Random."""

from neuron import h
from paired import mechanisms, report

mechanisms("verbatim/shared.mod", "verbatim/asks.mod", together=True)
h("objref held, list, box")
h("begintemplate Box\n public inside\n objref inside\n proc init() { inside = new Vector(1) }\nendtemplate Box")
h("held = new Vector(3)\n list = new List()\n list.append(held)\n box = new Box()")
h("double tmp[7]")
h("tmp[0] = temporary(held)\n tmp[1] = temporary(new Vector(2))\n tmp[2] = temporary(held.c)")
h("tmp[3] = temporary(list.o(0))\n tmp[4] = temporary(box.inside)")
h("func through() { return temporary($o1) }\n tmp[5] = through(held)\n tmp[6] = through(new Vector(1))")
kept = h.Vector(2)

factor = [h.scaled(2)]
h.SHARED_FACTOR = -1
factor.append(h.scaled(2))

h("told = 0")
h.tell("four")

random = h.Random()
random.MCellRan4(7, 3)
random.uniform(0, 1)
drawn = [random.uniform(0, 1) for _ in range(3)]
before = h.sequence(random, 10)
after = [h.sequence(random), random.repick()]

report({
    "temporary": [h.tmp[n] for n in range(7)] + [h.temporary(kept), h.temporary(h.Vector())],
    "factor": factor,
    "words": [h.count_words("one two  three"), h.count_words(" a bb c  ")],
    "printed": [h.printed_number("echo 2.5 km"), h.printed_number("echo none")],
    "waited": [0.03 < h.waited(0.05) < 5, h.waited(0) < 1],
    "told": h.told,
    "sequence": [drawn, before, after],
    "tabulated": [h.tabulated(1.5), h.square(1.5)],
})
