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
report(found)
