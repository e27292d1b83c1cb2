"""A cell from an SWC file: section lists by type, d_lambda, biophysics, synapses by distance."""

from neuron import h
from paired import morphology, report

h.load_file("stdlib.hoc")
h.load_file("import3d.hoc")


class Pyramid:
    def __init__(self):
        reader = h.Import3d_SWC_read()
        reader.input(morphology("pyramid.swc"))
        h.Import3d_GUI(reader, False).instantiate(self)
        for sec in self.all:
            sec.Ra, sec.cm = 100, 1
            sec.nseg = 1 + 2 * int(sec.L / 40)
            sec.insert("pas")
            for seg in sec:
                seg.pas.g, seg.pas.e = 5e-5, -70
        for sec in self.soma:
            sec.insert("hh")


cell = Pyramid()
soma = cell.soma[0]
found = {
    "sections": [str(s).split(".")[-1] for s in cell.all],
    "lists": [len(cell.dend), len(cell.soma), hasattr(cell, "apic") and len(cell.apic)],
    "length": sum(s.L for s in cell.all),
    "area": sum(seg.area() for s in cell.all for seg in s),
    "n3d": sum(s.n3d() for s in cell.all),
}
h.distance(0, soma(0.5))
far = max((seg for s in cell.all for seg in s), key=lambda seg: h.distance(seg))
found["far"] = [str(far.sec).split(".")[-1], far.x, h.distance(far)]
synapses, cons = [], []
stim = h.NetStim()
stim.start, stim.number, stim.interval = 5, 4, 7
for sec in cell.dend:
    syn = h.Exp2Syn(sec(0.5))
    syn.tau1, syn.tau2 = 0.5, 3
    con = h.NetCon(stim, syn)
    con.weight[0] = 0.0004 * h.distance(syn.get_segment()) / 50
    con.delay = 1 + h.distance(sec(0.5)) / 300
    synapses.append(syn)
    cons.append(con)
v = {"soma": h.Vector().record(soma(0.5)._ref_v), "far": h.Vector().record(far._ref_v)}
i = h.Vector().record(synapses[0]._ref_i)
h.finitialize(-70)
h.fcurrent()
while h.t < 40:
    h.fadvance()
found["v"] = {name: list(trace)[::40] for name, trace in v.items()}
found["i"] = [i.min(), i.min_ind()]
found["weights"] = [con.weight[0] for con in cons]
loc = h.SectionList()
loc.wholetree(sec=soma)
found["wholetree"] = [len(list(loc)), loc.contains(soma) if hasattr(loc, "contains") else None]
report(found, rtol=1e-7)
