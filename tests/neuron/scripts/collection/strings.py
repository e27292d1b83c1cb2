"""StringFunctions and sprint with strings by reference."""

from neuron import h
from paired import report

tools = h.StringFunctions()
text, head, tail = h.ref("dendrite[12]"), h.ref(""), h.ref("")
found = {
    "len": tools.len(text[0]),
    "substr": [tools.substr("dendrite", "rit"), tools.substr("dendrite", "x")],
}
found["head"] = [tools.head(text, "\\[", head), head[0]]
found["tail"] = [tools.tail(text, "\\[", tail), tail[0]]
tools.left(text, 4)
found["left"] = text[0]
tools.right(text, 1)
found["right"] = text[0]
h.sprint(text, "%s %5.2f", "a", 3.14159)
found["sprint"] = text[0]

report(found)
