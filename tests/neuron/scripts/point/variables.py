"""Variables of point processes: reading, writing, references, arrays, what is refused."""

from neuron import n
from paired import raises, report

sec = n.Section("soma")
sec.insert("pas")
syn, clamp = n.ExpSyn(sec(0.5)), n.VClamp(sec(0.5))
tau = syn._ref_tau
tau[0] = 3.5
clamp.dur[1] = 7
third = clamp._ref_dur[2]

report({
    "tau": [syn.tau, tau[0]],
    "array": [list(clamp.dur), len(clamp.dur), clamp.dur[1]],
    "i": syn._ref_i[0],
    "element": third[0],
    "read unknown": raises(lambda: syn.nonsense),
    "write unknown": raises(setattr, syn, "nonsense", 1),
    "write a word": raises(setattr, syn, "tau", "slow"),
    "index": raises(lambda: clamp.dur[3]),
    "no section": raises(lambda: n.ExpSyn(0.5, 1, 2)),
    "unknown class": raises(lambda: n.NoSuchSynapse(sec(0.5))),
    "has": [hasattr(syn, name) for name in ("tau", "g", "i", "nonsense")],
    "equal": [syn == syn, syn == clamp, sec(0.5).point_processes()[1] == syn],
})
