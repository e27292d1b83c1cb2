"""neuron.units: what a number times a unit is in NEURON's units."""

from neuron import units
from neuron.units import M, cm, mM, mV, mm, ms, nM, s, uM, um, us
from paired import report

report({
    "time": [3 * ms, 2 * us, 1.5 * s],
    "length": [5 * um, 2 * mm, 1 * cm],
    "voltage": [-65 * mV, 0.001 * units.V, 3 * units.uV],
    "concentration": [2 * mM, 3 * uM, 4 * nM, 1 * M],
    "type": type(1 * mV).__name__,
})
