"""Mechanisms as objects: n.hh inserts, and tells what it is."""

from neuron import n
from paired import mechanisms, report

mechanisms("cal.mod")
sec = n.Section("soma")
sec.insert(n.hh).insert(n.cal)

report({
    "there": [mech.name() for mech in sec(0.5)],
    "hasattr": [hasattr(n, name) for name in ("hh", "cal", "ExpSyn", "nothing")],
    "name": [sec(0.5).hh.name(), sec(0.5).cal.name()],
    "ion": [sec(0.5).ca_ion.name(), sec(0.5).ca_ion.is_ion(), sec(0.5).hh.is_ion()],
})
