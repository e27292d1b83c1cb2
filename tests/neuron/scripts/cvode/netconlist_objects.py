"""NetCons by objects, and by objects and patterns."""

from neuron import h
from paired import report

soma = h.Section(name="soma")
stimuli = [h.NetStim() for _ in range(3)]
synapses = [h.ExpSyn(soma(0.5)) for _ in range(2)]
netcons = [h.NetCon(s, t) for s in stimuli for t in synapses]
cvode = h.CVode()


def names(*arguments):
    return sorted(netcon.hname() for netcon in cvode.netconlist(*arguments))


found = {
    "source": names(stimuli[1], "", ""),
    "target": names("", "", synapses[0]),
    "both": names(stimuli[2], "", synapses[1]),
    "mixed": names("Stim[0]", "", synapses[1]),
    "none": names(synapses[0], "", ""),
}
report(found)
