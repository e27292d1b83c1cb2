"""Groups of synapses with NetStims of their own streams, spike counts by APCount, rasters."""

from neuron import h
from paired import report
import numpy as np

h.load_file("stdrun.hoc")


class Group:
    def __init__(self, dend, n, tau, e, interval, seed):
        self.synapses, self.stims, self.ncs, self.times = [], [], [], []
        for k in range(n):
            syn = h.ExpSyn(dend((k + 0.5) / n))
            syn.tau, syn.e = tau, e
            stim = h.NetStim()
            stim.interval, stim.number, stim.start, stim.noise = interval, 1e9, 1, 1
            stim.noiseFromRandom123(seed, k, 0)
            nc = h.NetCon(stim, syn, 0, 0.5 + 0.1 * k, 0.0015 * (k + 1))
            times = h.Vector()
            nc.record(times)
            self.synapses.append(syn)
            self.stims.append(stim)
            self.ncs.append(nc)
            self.times.append(times)


soma, dend = h.Section("soma"), h.Section("dend")
dend.connect(soma)
soma.L = soma.diam = 15
dend.L, dend.diam, dend.nseg = 400, 2, 9
soma.insert("hh")
dend.insert("pas")
excitatory = Group(dend, 8, 2, 0, 12, 1)
inhibitory = Group(dend, 4, 6, -75, 20, 2)
counter = h.APCount(soma(0.5))
counter.thresh = -15
raster = h.Vector()
counter.record(raster)
random = h.Random()
random.Random123(9, 8, 7)
random.negexp(1)
extra = h.NetStim()
extra.noiseFromRandom(random)
extra.noise, extra.interval, extra.number, extra.start = 1, 5, 20, 3
g = h.ExpSyn(soma(0.5))
link = h.NetCon(extra, g)
link.weight[0] = 0.004
h.tstop = 150
h.v_init = -65
found = {}
for run in range(2):
    h.run()
    found[f"run {run}"] = {
        "spikes": list(raster),
        "n": counter.n,
        "inputs": [list(x) for x in excitatory.times + inhibitory.times],
        "rate": float(np.mean(np.diff(raster.as_numpy()))) if len(raster) > 1 else -1,
        "g": [syn.g for syn in excitatory.synapses],
    }
    for nc in inhibitory.ncs:
        nc.active(False)
found["weights"] = [nc.weight[0] for nc in excitatory.ncs]
found["pre"] = [str(nc.pre()) for nc in excitatory.ncs[:2]] + [str(nc.syn()) for nc in inhibitory.ncs]
found["histogram"] = list(raster.histogram(0, 150, 15))
report(found, rtol=1e-7)
