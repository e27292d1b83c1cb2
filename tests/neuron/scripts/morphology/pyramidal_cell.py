"""A branched pyramidal cell from SWC, by the d_lambda rule, with channels and synapses."""

from neuron import h
from paired import mechanisms, morphology, report

mechanisms("cal.mod", "caaccum.mod", "kca.mod")
h.load_file("stdlib.hoc")
h.load_file("import3d.hoc")


class Pyramid:
    def __init__(self):
        reader = h.Import3d_SWC_read()
        reader.quiet = 1
        reader.input(morphology("pyramid.swc"))
        h.Import3d_GUI(reader, False).instantiate(self)
        for sec in self.all:
            sec.Ra, sec.cm = 150, 1
            sec.nseg = int((sec.L / (0.1 * h.lambda_f(100, sec=sec)) + 0.9) / 2) * 2 + 1
            sec.insert("pas")
            for seg in sec:
                seg.pas.g, seg.pas.e = 5e-5, -70
        for sec in [*self.soma, *self.axon]:
            sec.insert("hh")
        for sec in [*self.soma, *self.apic]:
            for name in ("cal", "caaccum", "kca"):
                sec.insert(name)
        h.distance(0, self.soma[0](0.5))
        for sec in self.apic:
            for seg in sec:
                seg.cal.gbar = 1e-4 * (1 + h.distance(seg) / 200)

    def __repr__(self):
        return "pyramid"


cell = Pyramid()
places = [cell.apic[2](0.5), cell.apic[6](0.9), cell.dend[3](0.3), cell.dend[0](1)]
synapses, connections = [], []
stim = h.NetStim()
stim.start, stim.number, stim.interval = 5, 4, 6
for k, place in enumerate(places):
    synapse = h.Exp2Syn(place)
    synapse.tau1, synapse.tau2 = 0.4, 4
    connection = h.NetCon(stim, synapse)
    connection.weight[0], connection.delay = 0.004, 0.5 + k
    synapses.append(synapse), connections.append(connection)
clamp = h.IClamp(cell.soma[0](0.5))
clamp.delay, clamp.dur, clamp.amp = 20, 8, 0.8
spikes = h.Vector()
watch = h.NetCon(cell.axon[0](0.5)._ref_v, None, sec=cell.axon[0])
watch.threshold = 0
watch.record(spikes)
watched = [cell.soma[0](0.5), *places]
v = [h.Vector().record(seg._ref_v, 0.25) for seg in watched]
cai = h.Vector().record(cell.apic[2](0.5)._ref_cai, 0.25)
h.celsius = 16
h.finitialize(-70)
while h.t < 40:
    h.fadvance()

report({
    "nseg": [sec.nseg for sec in cell.all],
    "spikes": spikes,
    "v": v,
    "cai": cai,
    "end": [[seg.v for seg in sec] for sec in cell.all],
    "area": sum(seg.area() for sec in cell.all for seg in sec),
})
