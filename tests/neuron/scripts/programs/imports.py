"""All ways to import that people use give the same objects."""

import neuron
import neuron as nrn
from neuron import gui, h, n, units
from neuron import h as other_h
from neuron.units import mV
from paired import report

import_error = False
try:
    from neuron import nothing_of_this_name
except ImportError:
    import_error = True

sec = neuron.h.Section(name="soma")

report({
    "same": [nrn is neuron, other_h is h, neuron.h is h],
    "seen by all": [s.name() for s in n.allsec()] == [s.name() for s in h.allsec()],
    "units": [mV, units.mV],
    "import error": import_error,
    "vector": type(h.Vector()) is type(n.Vector()),
})
