"""subtree, wholetree, children and SectionList methods on a branched tree give one order."""

from neuron import h
from paired import report

names = ["s", "a", "b", "c", "d", "e", "f", "g"]
tree = {name: h.Section(name=name) for name in names}
for child, parent, x in (
    ("a", "s", 1), ("b", "s", 1), ("c", "s", 0), ("d", "a", 1),
    ("e", "a", 0.5), ("f", "e", 1), ("g", "b", 1),
):
    tree[child].connect(tree[parent](x))


def listed(sections):
    return [sec.name() for sec in sections]


lists = {}
for name in ("wholetree", "subtree", "children", "allroots"):
    found = h.SectionList()
    if name == "allroots":
        found.allroots()
    else:
        getattr(found, name)(sec=tree["a"])
    lists[name] = listed(found)

report({
    "subtrees": {name: listed(tree[name].subtree()) for name in names},
    "wholetree": listed(tree["f"].wholetree()),
    "children": {name: listed(tree[name].children()) for name in names},
    "lists": lists,
    "all": listed(h.allsec()),
})
