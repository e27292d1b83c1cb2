"""Synapses at ends and branch points, where there is no capacitance, in cells with their own steps."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, synapses, links = [], [], []
start = h.NetStim()
start.number, start.start, start.interval = 3, 1, 4
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 20
    soma.insert("hh")
    dends = []
    for j in range(2):
        dend = h.Section(name=f"dend{k}_{j}")
        dend.L, dend.diam, dend.nseg = 80 + 40 * j, 1.5, 3
        dend.insert("pas")
        dend.e_pas = -65
        dend.connect(soma(1) if k else soma(0))
        dends.append(dend)
    synapse = h.ExpSyn([soma(0), soma(1), dends[1](1)][k])
    link = h.NetCon(start, synapse)
    link.weight[0], link.delay = 0.01, 1 + 0.5 * k
    cells.append([soma, *dends]), synapses.append(synapse), links.append(link)
at = h.Vector([0.9 * k for k in range(16)])
vs = [h.Vector().record(sec(x)._ref_v, at) for cell in cells for sec in cell for x in (0, 0.5, 1)]
cvode = h.CVode()
cvode.atol(1e-8)
h.cvode_local(1)
h.finitialize(-65)
h.continuerun(15)
report({"v": [list(v) for v in vs], "g": [s.g for s in synapses]}, rtol=1e-5, atol=1e-5)
