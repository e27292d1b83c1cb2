"""A mechanism that names celsius behind GLOBAL has one of its own."""

from neuron import h
from paired import mechanisms, report

mechanisms("wild/owncelsius.mod")
sec = h.Section(name="soma")
sec.insert("owncelsius")
h.celsius = 12


def run():
    h.finitialize(-60)
    while h.t < 3:
        h.fadvance()
    return [h.celsius_owncelsius, sec(0.5).owncelsius.kelvin, sec(0.5).v]


found = {"its default": run()}
h.celsius_owncelsius = 15
found["set"] = run()
report(found, rtol=1e-8)
