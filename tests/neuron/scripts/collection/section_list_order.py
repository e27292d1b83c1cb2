"""Sections that are gone leave a SectionList; list(...) keeps the order of adding."""

from neuron import n
from paired import report

secs = {name: n.Section(name) for name in "xyzw"}
some = n.SectionList()
for name in "wxzy":
    some.append(secs[name])
before = [sec.name() for sec in some]
del secs["x"]
after = [sec.name() for sec in some]
n.delete_section(sec=secs["z"])

report({
    "before": before,
    "after": after,
    "deleted": [sec.name() for sec in some],
    "all": [sec.name() for sec in n.allsec()],
})
