"""Events at one time in several cells, at t = 0, and at the end of the run."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
cells, synapses, links = [], [], []
start = h.NetStim()
start.number, start.start, start.interval = 3, 0, 5
for k in range(4):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 10 + 5 * k
    soma.insert("pas")
    synapse = h.ExpSyn(soma(0.5))
    synapse.tau = 1 + k
    link = h.NetCon(start, synapse)
    link.delay, link.weight[0] = 0, 0.001 * (k + 1)
    cells.append(soma), synapses.append(synapse), links.append(link)
log = []
cvode = h.CVode()
cvode.atol(1e-8)
h.cvode_local(1)
h.finitialize(-70)
found = {"begin": [synapse.g for synapse in synapses]}
cvode.event(5, lambda: log.append([h.t, [soma(0.5).v for soma in cells]]))
h.continuerun(10)
found["log"] = log
found["v"] = [h.t, [soma(0.5).v for soma in cells]]
found["counts"] = [len(log)]
report(found, rtol=1e-6, atol=1e-7)
