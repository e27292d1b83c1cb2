"""Excitation and inhibition at different places of a dendrite: order of activation matters."""

from neuron import n
from paired import report

soma, dend = n.Section("soma"), n.Section("dend")
dend.connect(soma(1))
soma.L = soma.diam = 20
dend.L, dend.diam, dend.nseg = 400, 1.5, 15
for sec in (soma, dend):
    sec.insert("pas")
    for seg in sec:
        seg.pas.e = -65
places = [0.1, 0.3, 0.5, 0.7, 0.9]
synapses = [n.ExpSyn(dend(x)) for x in places]
inhibition = n.Exp2Syn(dend(0.2))
inhibition.e, inhibition.tau1, inhibition.tau2 = -75, 1, 8
connections = [n.NetCon(None, synapse) for synapse in synapses]
inhibit = n.NetCon(None, inhibition)
for synapse, connection in zip(synapses, connections):
    synapse.tau = 1.5
    connection.weight[0] = 0.0015
inhibit.weight[0] = 0.002
peaks = {}
for name, order in (("inwards", places[::-1]), ("outwards", places), ("at once", [0.5] * 5)):
    for inhibited in (False, True):
        n.finitialize(-65)
        for connection, place in zip(connections, order):
            connection.event(1 + 5 * place)
        if inhibited:
            inhibit.event(0.5)
        v = []
        while n.t < 20:
            n.fadvance()
            v.append(soma(0.5).v)
        peaks[f"{name}, {inhibited}"] = [max(v), v.index(max(v)), v[-1]]

report(peaks)
