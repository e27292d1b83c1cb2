"""NetCon.event, inactive NetCons and changed delays and weights while cells are at their own times."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
cells, synapses, links = [], [], []
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 10 + 5 * k
    soma.insert("pas")
    synapse = h.ExpSyn(soma(0.5))
    synapse.tau = 1 + k
    link = h.NetCon(None, synapse)
    link.weight[0] = 0.002
    cells.append(soma), synapses.append(synapse), links.append(link)
cvode = h.CVode()
cvode.atol(1e-8)
h.cvode_local(1)
h.finitialize(-70)
links[0].event(1.25)
links[1].event(1.25)
links[2].event(3.5)


def more():
    links[0].weight[0] = 0.004
    links[0].event(h.t + 0.45)
    links[1].event(h.t)
    links[2].event(h.t + 2.2)


cvode.event(5, more)
at = h.Vector([0.5 * k for k in range(20)])
gs = [h.Vector().record(synapse._ref_g, at) for synapse in synapses]
h.finitialize(-70)
for k, time in enumerate((1.25, 1.3, 3.5)):
    links[k].event(time)
cvode.event(5, more)
h.continuerun(9)
found = {"g": [list(g) for g in gs], "v": [soma(0.5).v for soma in cells], "t": h.t}
report(found, rtol=1e-5, atol=1e-9)
