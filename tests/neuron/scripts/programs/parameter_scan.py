"""Parameters changed between runs, kept in dictionaries, by setattr with names."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
soma.insert("pas")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 20, 0.3
v = h.Vector().record(soma(0.5)._ref_v)
h.tstop = 20
defaults = {name: getattr(soma(0.5), name) for name in ("gnabar_hh", "gkbar_hh", "g_pas", "cm")}
found = {}
for name, value in defaults.items():
    for factor in (0.8, 1.25):
        setattr(soma(0.5), name, value * factor)
        h.run()
        found[f"{name} {factor}"] = [v.max(), v.min(), v.mean(), v.max_ind()]
        setattr(soma(0.5), name, value)
h.run()
found["again"] = [v.max(), v.min(), v.mean(), v.max_ind()]

report(found)
