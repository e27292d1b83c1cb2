"""nlayer_extracellular: its value, its limits, and that it stays where extracellular is inserted."""

from neuron import h
from paired import raises, report

found = [h.nlayer_extracellular()]
found.append(h.nlayer_extracellular(3))
section = h.Section(name="section")
section.insert("extracellular")
found += [len([section(0.5).xg[i] for i in range(3)]), raises(lambda: section(0.5).xg[3])]
found.append(h.nlayer_extracellular(3))
section = None
standard = h.MechanismStandard("extracellular", 0)
name = h.ref("")
sizes = [(standard.name(name, i), name[0]) for i in range(int(standard.count()))]
one = h.nlayer_extracellular(1)
section = h.Section(name="section")
section.insert("extracellular")
variables = [one, section(0.5).vext[0], raises(lambda: section(0.5).vext[1])]
wrong = [raises(lambda n=n: h.nlayer_extracellular(n)) for n in (0, 1001)]
# last: NEURON has the new number afterwards although it refuses it
refused = raises(lambda: h.nlayer_extracellular(2))
report({
    "found": found,
    "standard": sizes,
    "one": variables,
    "wrong": wrong,
    "refused": refused,
})
