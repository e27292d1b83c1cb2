"""PtrVector: references to variables whose values are taken and set together."""

from neuron import h
from paired import raises, report

soma = h.Section(name="soma")
soma.nseg = 3
h.finitialize(-65)

elements = h.Vector([1, 2, 3])
pointers = h.PtrVector(4)
placed = [pointers.pset(i, elements._ref_x[i]) for i in range(3)]
placed.append(pointers.pset(3, soma(0.5)._ref_v))

gathered = h.Vector(4)
pointers.gather(gathered)
pointers.scatter(h.Vector([4, 5, 6, -50]))
after = [list(elements), soma(0.5).v]
pointers.setval(1, 9)

report({
    "size": pointers.size(),
    "placed": placed,
    "gathered": gathered,
    "scattered": after,
    "set": [pointers.getval(1), elements[1]],
    "label": [pointers.label(), pointers.label("four"), pointers.label()],
    "resized": [pointers.resize(2), pointers.size()],
    "beyond": raises(lambda: pointers.getval(7)),
})
