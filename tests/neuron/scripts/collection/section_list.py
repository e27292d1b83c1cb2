"""SectionList: append, remove, contains, unique, iteration, and the tree's members."""

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

report({
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
