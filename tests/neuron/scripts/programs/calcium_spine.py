"""Calcium in several compartments: channel, accumulation and potassium current in spines; events
of a plastic synapse; concentrations recorded and set by hand."""

from neuron import h
from paired import mechanisms, report

mechanisms("cal.mod", "caaccum.mod", "kca.mod")
h.load_file("stdrun.hoc")
dend = h.Section("dend")
dend.L, dend.diam, dend.nseg = 120, 2, 7
dend.insert("pas")
spines = []
for k in range(3):
    neck, head = h.Section(f"neck[{k}]"), h.Section(f"head[{k}]")
    neck.connect(dend((k + 0.5) / 3))
    head.connect(neck)
    neck.L, neck.diam = 1 + k, 0.2
    head.L = head.diam = 0.6
    for sec in (neck, head):
        sec.insert("pas")
        sec.g_pas = 2e-4
    for name in ("cal", "caaccum", "kca"):
        head.insert(name)
    spines.append((neck, head))
h.cai0_ca_ion = 1e-4
h.cao0_ca_ion = 2.2
stims, synapses, links = [], [], []
for k, (_, head) in enumerate(spines):
    synapse = h.AlphaSynapse(head(0.5)) if k == 2 else h.ExpSyn(head(0.5))
    synapse.e = 0
    if k == 2:
        synapse.onset, synapse.tau, synapse.gmax = 4, 1, 0.001
    else:
        stim = h.NetStim()
        stim.number, stim.start, stim.interval = 3, 2 + k, 5
        link = h.NetCon(stim, synapse, 0, 0.5, 0.0008)
        stims.append(stim)
        links.append(link)
    synapses.append(synapse)
cai = [h.Vector().record(head(0.5)._ref_cai) for _, head in spines]
v = [h.Vector().record(head(0.5)._ref_v) for _, head in spines]
h.celsius = 30
h.finitialize(-70)
found = {"start": [[s[1](0.5).cai, s[1](0.5).cao, s[1](0.5).eca] for s in spines]}
h.continuerun(12)
spines[0][1](0.5).cai = 0.001
h.continuerun(20)
found["cai"] = [list(each)[::50] for each in cai]
found["v"] = [list(each)[::50] for each in v]
found["eca"] = [head(0.5).eca for _, head in spines]
found["style"] = [h.ion_style("ca_ion", sec=head) for _, head in spines]
report(found, rtol=1e-6)
