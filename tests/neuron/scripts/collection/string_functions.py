"""StringFunctions on objects, String objects in Lists, strcmp, numbers in names."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
functions = h.StringFunctions()
clamp, source = h.IClamp(soma(0.5)), h.NetStim()

words = h.List()
for word in ("one", "two", "three"):
    words.append(h.String(word))
words[1].s = "zwei"

report({
    "words": [word.s for word in words],
    "empty": h.String().s,
    "point process": [functions.is_point_process(x) > 0 for x in (clamp, source, words)],
    "artificial": [functions.is_artificial(x) > 0 for x in (clamp, source)],
    "strcmp": [h.strcmp("a", "b") < 0, h.strcmp("b", "a") > 0, h.strcmp("a", "a")],
    "number": [h.object_id(h.IClamp(soma(0.5)), 1), h.object_id(h.IClamp(soma(0.5)), 1)],
    "system": h.unix_mac_pc(),
})
