"""NET_RECEIVE that assigns `flag`."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/ownflag.mod")
soma = h.Section(name="soma")
point = h.ownflag(soma(0.5))
stimulus = h.NetStim()
stimulus.start, stimulus.number, stimulus.interval = 1, 3, 2
connection = h.NetCon(stimulus, point)
trace = []
h.finitialize(-65)
while h.t < 10:
    h.fadvance()
    trace.append((point.seen, point.kept))
report({"trace": trace})
