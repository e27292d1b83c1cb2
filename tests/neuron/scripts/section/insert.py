"""insert by name or class, uninsert, has_membrane, and which mechanisms a segment has."""

from neuron import h, n
from paired import raises, report

sec = n.Section("soma")
nothing = [mech.name() for mech in sec(0.5)]
chained = sec.insert("pas").insert(n.hh) is sec
both = [mech.name() for mech in sec(0.5)]
has = [sec.has_membrane(name) for name in ("pas", "hh", "na_ion", "k_ion", "ca_ion")]
by_class = raises(sec.has_membrane, n.pas)
h.ismembrane("pas", sec=sec)
by_function = [h.ismembrane(name, sec=sec) for name in ("pas", "hh", "na_ion", "ca_ion")]
sec(0.5).pas.g = 0.5
sec.insert("pas")
kept = sec(0.5).pas.g
sec.uninsert("pas")
without = [mech.name() for mech in sec(0.5)]
sec.insert("pas")

report({
    "nothing": nothing,
    "chained": chained,
    "both": both,
    "has": has,
    "a class is no name": by_class,
    "by function": by_function,
    "a second insert keeps values": kept,
    "without": without,
    "inserted again": sec(0.5).pas.g,
    "no such mechanism": raises(sec.insert, "nonsense"),
    "no insertion of a point process": raises(sec.insert, "ExpSyn"),
    "attribute": [hasattr(sec(0.5), name) for name in ("pas", "hh", "nonsense")],
})
