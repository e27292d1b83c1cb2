"""References to variables of what is gone: an exception, never a number."""

from neuron import h
from paired import raises, report

kept, gone = h.Section(name="kept"), h.Section(name="gone")
gone.insert("pas")
kept.insert("hh")
v, g, m = gone(0.5)._ref_v, gone(0.5).pas._ref_g, kept(0.5).hh._ref_m
syn = h.ExpSyn(kept(0.5))
tau = syn._ref_tau
h.finitialize(-65)
alive = [v[0], g[0], m[0], tau[0]]
del gone
kept.uninsert("hh")
del syn


def write():
    v[0] = 1


report({
    "alive": alive,
    "v of a section": raises(lambda: v[0]),
    "written": raises(write),
    "parameter": raises(lambda: g[0]),
    "state of a mechanism": raises(lambda: m[0]),
    "point process": raises(lambda: tau[0]),
    "rest": [h.finitialize(-60), kept(0.5).v],
})
