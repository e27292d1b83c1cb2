"""Conductances that depend on h.distance, d_lambda, and biophysics by loops over h.allsec()."""

import math

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section("soma")
soma.L = soma.diam = 20
apical = [h.Section(f"apic{i}") for i in range(4)]
basal = [h.Section(f"dend{i}") for i in range(2)]
for sec in apical[:1] + basal:
    sec.connect(soma(1 if sec in apical else 0))
for sec in apical[1:3]:
    sec.connect(apical[0])
apical[3].connect(apical[1](0.6))
for i, sec in enumerate(apical + basal):
    sec.L, sec.diam = 150 + 40 * i, 3.0 / (1 + 0.3 * i)
for sec in h.allsec():
    sec.Ra, sec.cm = 120, 1.2
    sec.nseg = int((sec.L / (0.1 * h.lambda_f(100, sec=sec)) + 0.9) / 2) * 2 + 1
    sec.insert("hh" if "soma" in sec.name() or "apic" in sec.name() else "pas")
h.distance(0, soma(0.5))
found = {"distance": [], "g": []}
for sec in h.allsec():
    for seg in sec:
        d = h.distance(seg)
        found["distance"].append([str(seg), d, h.distance(soma(0), seg)])
        if h.ismembrane("hh", sec=sec):
            seg.hh.gnabar = 0.12 * (0.2 + math.exp(-d / 100))
            seg.gkbar_hh = 0.036 / (1 + d / 200)
            found["g"].append([seg.hh.gnabar, seg.gkbar_hh])
        else:
            seg.pas.g = 1e-4 * (1 + d / 50)
            seg.pas.e = -65
            found["g"].append([seg.g_pas, seg.e_pas])
found["nseg"] = {sec.name(): sec.nseg for sec in h.allsec()}
found["total"] = sum(seg.area() for sec in h.allsec() for seg in sec)
found["subtrees"] = {sec.name(): [s.name() for s in sec.subtree()] for sec in h.allsec()}
found["children"] = {sec.name(): [s.name() for s in sec.children()] for sec in h.allsec()}
tip = apical[3](0.9)
path, at = [], tip.sec
while at is not None:
    path.append(at.name())
    parent = at.parentseg()
    at = parent.sec if parent else None
found["path"] = path
stim = h.IClamp(soma(0.5))
stim.delay, stim.dur, stim.amp = 5, 1, 3
traces = {str(s): h.Vector().record(s._ref_v) for s in (soma(0.5), tip, basal[1](1))}
h.celsius = 20
h.v_init = -70
h.tstop = 20
h.run()
found["v"] = {name: list(v)[::40] for name, v in traces.items()}
found["peaks"] = {name: [v.max(), v.max_ind() * h.dt] for name, v in traces.items()}
info = apical[3].psection()
found["psection"] = [sorted(info), info["nseg"], info["density_mechs"]["hh"]["gnabar"],
                     sorted(info["ions"]), str(info["morphology"]["parent"])]

report(found, rtol=1e-7)
