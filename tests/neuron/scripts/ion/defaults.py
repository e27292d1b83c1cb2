"""Ions appear with the mechanisms that use them: concentrations, potentials, globals."""

from neuron import h
from paired import mechanisms, report

mechanisms("cal.mod")
sec, other = h.Section(name="soma"), h.Section(name="other")
sec.insert("hh")
other.insert("cal")
h.finitialize(-65)
first = {
    "na": [sec(0.5).ena, sec(0.5).nai, sec(0.5).nao, sec(0.5).ina],
    "k": [sec(0.5).ek, sec(0.5).ki, sec(0.5).ko, sec(0.5).ik],
    "ca": [other(0.5).eca, other(0.5).cai, other(0.5).cao, other(0.5).ica],
}
h.cao0_ca_ion, h.cai0_ca_ion = 3, 2e-4
h.nai0_na_ion = 12
h.finitialize(-65)

report({
    "first": first,
    "globals": [h.nai0_na_ion, h.nao0_na_ion, h.ki0_k_ion, h.ko0_k_ion, h.cao0_ca_ion],
    "ca": [other(0.5).eca, other(0.5).cai, other(0.5).cao, other(0.5).ica],
    "na": [sec(0.5).ena, sec(0.5).nai],
    "styles": [h.ion_style("na_ion", sec=sec), h.ion_style("ca_ion", sec=other)],
    "charge": [h.ion_charge(name) for name in ("na_ion", "k_ion", "ca_ion")],
})
