"""h.ref: numbers, strings and objects by reference; pointers to any variable."""

from neuron import h
from paired import raises, report

number, text, thing = h.ref(3.5), h.ref("abc"), h.ref(h.Vector([7]))
number[0] += 1
text[0] = "changed"
h.sprint(text, "%g and %d and %s", 2.5, 4, "x")
sec = h.Section(name="soma")
v = sec(0.5)._ref_v
v[0] = -33
vector = h.Vector([1, 2, 3])
element = vector._ref_x[1]
element[0] = 20

report({
    "number": number[0],
    "text": text[0],
    "thing": list(thing[0]),
    "v": [v[0], sec(0.5).v],
    "element": [list(vector), element[0]],
    "index": raises(lambda: number[1]),
    "none": raises(lambda: v["a"]),
})
