"""SectionList: append, remove, contains, unique, iteration, the tree's members; sections that are gone
leave it."""

from neuron import h
from paired import raises, report

a, b, c, d = [h.Section(name=name) for name in "abcd"]
b.connect(a(1))
c.connect(b(1))
d.connect(a(0))


def names(found):
    return [sec.name() for sec in found]


some = h.SectionList()
some.append(c)
some.append(sec=a)
some.append(c)
made = names(some)
members = [some.contains(sec) for sec in (a, b, c)]
removed_duplicates = some.unique()
unique = names(some)
some.remove(a)
without = names(some)
tree = h.SectionList()
tree.wholetree(sec=b)
leaves = h.SectionList([d, c])
others = h.SectionList()
others.append(b)
tree.remove(others)
lost = h.SectionList()
gone = {name: h.Section(name=name) for name in "xyzw"}
for name in "wxzy":
    lost.append(gone[name])
whole = names(lost)
del gone["x"]
left = names(lost)
h.delete_section(sec=gone["z"])

report({
    "gone": [whole, left, names(lost), names(h.allsec())],
    "made": made,
    "members": members,
    "unique": [removed_duplicates, unique],
    "without": without,
    "from a list": names(leaves),
    "tree without b": names(tree),
    "length": len(list(leaves)),
    "twice": [names(leaves), names(leaves)],
    "printed": raises(lambda: some.printnames()),
    "in": [b in others, a in others],
})
