"""All forms of connect, and what parentseg, trueparentseg and children say of them."""

from neuron import h
from paired import report

root = h.Section(name="root")
root.nseg = 3
kids = [h.Section(name=f"kid{i}") for i in range(8)]
kids[0].connect(root)
kids[1].connect(root(0))
kids[2].connect(root(0.5))
kids[3].connect(root(1), 1)
kids[4].connect(root, 0, 0)
kids[5].connect(root, 0.5, 1)
kids[6].connect(kids[0](1))
kids[7].connect(kids[1](0), 0)


def at(segment):
    return None if segment is None else [segment.sec.name(), segment.x]


report({
    "parents": [at(kid.parentseg()) for kid in kids],
    "true parents": [at(kid.trueparentseg()) for kid in kids],
    "orientation": [kid.orientation() for kid in kids],
    "root's children": [kid.name() for kid in root.children()],
    "kid0's children": [kid.name() for kid in kids[0].children()],
    "kid1's children": [kid.name() for kid in kids[1].children()],
    "subtree": [sec.name() for sec in root.subtree()],
    "subtree of a branch": [sec.name() for sec in kids[0].subtree()],
    "whole tree": [sec.name() for sec in kids[6].wholetree()],
    "all": [sec.name() for sec in h.allsec()],
    "root is no child": root.parentseg() is None,
})
