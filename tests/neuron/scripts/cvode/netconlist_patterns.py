"""NetCons by regular expressions of names: parts, ranges in <>, brackets as they are."""

from neuron import h
from paired import report

soma = h.Section(name="soma")
stimuli = [h.NetStim() for _ in range(12)]
synapses = [h.ExpSyn(soma(0.5)) for _ in range(3)] + [h.Exp2Syn(soma(0.5))]
netcons = [h.NetCon(each, synapses[i % 4]) for i, each in enumerate(stimuli)]
cvode = h.CVode()
found = {}
for source, target in [
    ("", ""),
    ("NetStim", ""),
    ("NetStim[1]", ""),
    ("NetStim[1", ""),
    ("<2-4>]", ""),
    ("", "ExpSyn"),
    ("", "^ExpSyn"),
    ("", "Exp.*Syn"),
    ("", "Syn[0]$"),
    ("Stim[3]", "Exp2"),
    ("nothing", ""),
]:
    listed = cvode.netconlist(source, "", target)
    found[f"{source} {target}"] = sorted(netcon.hname() for netcon in listed)
# alternatives, groups and repetitions; names of what is not there; the order is that of sources
extra = [h.NetCon(None, synapses[0]), h.NetCon(stimuli[0], None), h.NetCon(stimuli[0], synapses[2])]
extra.append(h.NetCon(soma(0.5)._ref_v, synapses[1], sec=soma))
for source, cell, target in [
    ("", "", ""),
    ("", "", "Exp2?Syn[0]"),
    ("", "", "Exp(2|Q)Syn"),
    ("", "", "Exp2|NULL"),
    ("", "", "p{1}S"),
    ("", "", "Ex+p2*S.n[<0-1>]$"),
    ("NULL", "", ""),
    ("", "NULLobject", ""),
    ("", "", "NULLobject"),
]:
    listed = cvode.netconlist(source, cell, target)
    found[f"{source} {cell} {target}"] = [netcon.hname() for netcon in listed]
report(found)
