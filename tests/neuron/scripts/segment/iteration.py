"""A segment iterates over its mechanisms, a mechanism over its range variables."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.insert("hh")
sec.insert("pas")
seg = sec(0.5)
n.finitialize(-65)

report({
    "mechanisms": [mech.name() for mech in seg],
    "is ion": [mech.is_ion() for mech in seg],
    "variables": {mech.name(): [var.name() for var in mech] for mech in seg},
    "values": {mech.name(): [var[0] for var in mech] for mech in seg},
})
