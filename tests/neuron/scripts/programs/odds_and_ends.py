"""Odds and ends of scripts: nested with, h.distance by two segments, loops with sec=sec, keyword
forms, section arithmetic in dictionaries and sets, deletion and re-creation."""

from neuron import h, n
from paired import report

soma = h.Section(name="soma")
dends = [h.Section(name="dend_%d" % i) for i in range(3)]
for d in dends:
    d.connect(soma(0.5), 0)
    d.nseg = 3
found = {}
by_name = {sec.name(): sec for sec in h.allsec()}
found["dict"] = sorted(by_name)
chosen = {soma, dends[0]}
found["set"] = [soma in chosen, dends[1] in chosen, len(chosen | set(dends))]
found["equal"] = [soma == by_name["soma"], soma(0.5) == by_name["soma"](0.5), soma != dends[0],
                  soma(0.5).sec == soma, dends[0](0.5) == dends[0](0.51)]
found["x"] = [[seg.x for seg in sec] for sec in dends[:1]] + [[seg.x for seg in dends[0].allseg()]]
for sec in h.allsec():
    sec.insert("pas")
    sec.Ra = 150
    for seg in sec:
        seg.pas.g = 0.001 * (1 + seg.x)
found["g"] = [[seg.g_pas for seg in sec] for sec in h.allsec()]
found["rangevar"] = [dends[0](0.9).pas.g, dends[0].g_pas, getattr(dends[0](0.1), "g_pas")]
setattr(dends[0](0.1), "e_pas", -72)
found["setattr"] = [seg.pas.e for seg in dends[0]]
soma.push()
found["push"] = [h.secname(), h.cas().name()]
h.pop_section()
found["L"] = [h.area(0.5, sec=soma), soma(0.5).area(), soma(0.5).ri(), h.ri(0.5, sec=dends[0])]
found["n3d"] = [soma.n3d(), h.n3d(sec=soma)]
soma.pt3dadd(0, 0, 0, 10)
soma.pt3dadd(10, 0, 0, 12)
soma.pt3dadd(20, 5, 0, 8)
found["pt3d"] = [soma.n3d(), soma.L, soma.diam, soma.arc3d(2), soma.diam3d(1),
                 soma.psection()["morphology"]["pts3d"]]
found["mechs"] = [[mech.name() for mech in seg] for seg in soma]
found["dir"] = [name for name in ("pas", "v", "area", "x", "sec", "diam") if name in dir(soma(0.5))]
clamp = n.IClamp(soma(0.5))
found["points"] = [str(p) for p in soma(0.5).point_processes()]
clamp.loc(dends[2](0.9))
found["moved"] = [str(clamp.get_segment()), [str(p) for p in dends[2](0.9).point_processes()]]
found["has"] = [hasattr(soma, "foo"), hasattr(soma(0.5), "hh"), hasattr(h, "nothing_here"),
                "pas" in dir(soma(0.5)), soma.has_membrane("pas")]
h.disconnect(sec=dends[1])
found["roots"] = [sec.name() for sec in h.allsec() if sec.parentseg() is None]
h.delete_section(sec=dends[1])
found["deleted"] = [len(list(h.allsec())), bool(dends[0])]
try:
    dends[1].L
    found["error"] = None
except ReferenceError:
    found["error"] = "ReferenceError"
dends[1] = h.Section(name="dend_1")
found["again"] = [sec.name() for sec in h.allsec()]
found["uninsert"] = [soma.uninsert("pas") is soma, soma.has_membrane("pas")]
found["repr type"] = [str(soma), str(soma(0.25)), f"{soma(0.5).v:.1f}"]
report(found)
