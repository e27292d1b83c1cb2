"""The fourth argument of netconlist is a List that gets what is found, and comes back."""

from neuron import h
from paired import report

soma = h.Section(name="soma")
stimulus = h.NetStim()
synapses = [h.ExpSyn(soma(0.5)) for _ in range(3)]
netcons = [h.NetCon(stimulus, each) for each in synapses]
cvode = h.CVode()
into = h.List()
back = cvode.netconlist("", "", synapses[0], into)
found = {"count": into.count(), "back": back.count()}
cvode.netconlist(stimulus, "", "ExpSyn[2]", into)
found["more"] = [each.hname() for each in into]
new = cvode.netconlist("", "", "")
found["new"] = [new.count(), new.o(0).hname(), len(new)]
report(found)
