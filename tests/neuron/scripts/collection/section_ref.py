"""SectionRef: parent, trueparent, root, children, and what there is of them."""

from neuron import h
from paired import report

root, mid, tip, side = [h.Section(name=name) for name in ("root", "mid", "tip", "side")]
mid.connect(root(1))
tip.connect(mid(1))
side.connect(root(0))
refs = {sec.name(): h.SectionRef(sec=sec) for sec in (root, mid, tip, side)}

report({
    "sec": refs["mid"].sec.name(),
    "has parent": [ref.has_parent() for ref in refs.values()],
    "has trueparent": [ref.has_trueparent() for ref in refs.values()],
    "parent": [refs[name].parent.name() for name in ("mid", "tip", "side")],
    "trueparent": [refs[name].trueparent.name() for name in ("mid", "tip")],
    "root": [ref.root.name() for ref in refs.values()],
    "nchild": [ref.nchild() for ref in refs.values()],
    "children": [refs["root"].child[k].name() for k in range(2)],
    "is cas": [refs["root"].is_cas(), refs["tip"].is_cas()],
    "exists": refs["tip"].exists(),
    "by position": h.SectionRef(tip).sec.name(),
})
