"""h.ion_register makes an ion of a new name; known ones keep their charge."""

from neuron import h
from paired import report

sodium = h.ion_register("na", 1)
new = h.ion_register("xx", 3)
sec = h.Section(name="soma")
sec.insert("xx_ion")
h.finitialize(-65)

report({
    "kind": [isinstance(sodium, float), sodium == h.ion_register("na", 1), new != sodium],
    "charge": [h.ion_charge("na_ion"), h.ion_charge("xx_ion")],
    "values": [sec(0.5).xxi, sec(0.5).xxo, sec(0.5).exx, sec(0.5).ixx],
    "style": h.ion_style("xx_ion", sec=sec),
})
