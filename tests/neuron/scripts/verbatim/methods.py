"""Methods that C in VERBATIM gives to Vectors, and references to variables that it changes."""

from neuron import h
from paired import mechanisms, raises, report

mechanisms("verbatim/vecmethods.mod")
vector = h.Vector([3, -1, 4, 1.5])
before = hasattr(vector, "weighted")
h.install_vecmethods()
sums = [vector.weighted(), vector.weighted(0.5), h.Vector().weighted()]
h("objref vec")
h("vec = new Vector()")
h("vec.indgen(1, 5, 1)")
h("total = vec.weighted(2)")

low, high = h.ref(0), h.ref(0)
width = vector.span(low, high)
soma = h.Section(name="soma")
soma.diam = 3
swapped = h.exchange(low, soma(0.5)._ref_v)
filled = h.Vector(6)
h.fill(2.5, 3, filled._ref_x[1])
element = h.exchange(high, filled._ref_x[5])

product = h.Vector([1, 2, 3])
sizes = [product.multiplied(h.Vector([2, 3, 4, 5])), vector.multiplied(h.Vector([10, 20]))]

h.install_through()
h("func mixed() { local square square = $1 * $1 return square + 10 * $2 }")
applied = h.Vector([1, 2, -3])
through = [applied.through("mixed"), applied.through("nowhere_defined"), list(applied)]

report({
    "through": through,
    "before": before,
    "sums": sums,
    "hoc": h.total,
    "installed": h.INSTALLED_vecmethods,
    "calls": h.method_calls(),
    "span": [width, low[0], high[0], soma(0.5).v, swapped, element],
    "filled": list(filled),
    "products": [list(product), list(vector), sizes],
    "empty": raises(h.Vector().span, low, high),
    "no reference": raises(h.exchange, 1, 2),
})
