"""Recording goes on with the right variable when sections and mechanisms are added later."""

from neuron import n
from paired import report

soma = n.Section("soma")
soma.L = soma.diam = 20
soma.insert("hh")
dend = n.Section("dend")
dend.nseg = 3
dend.insert("pas")
dend.connect(soma(1))
v, m = n.Vector().record(soma(0.5)._ref_v), n.Vector().record(soma(0.5).hh._ref_m)
tip = n.Vector().record(dend(0.9)._ref_v)
clamp = n.IClamp(soma(0.5))
clamp.delay, clamp.dur, clamp.amp = 0, 1, 0.5


def run():
    n.finitialize(-65)
    while n.t < 2:
        n.fadvance()
    return [list(v), list(m), list(tip)]


found = {"begun": run()}
others = [n.Section(f"other{k}") for k in range(4)]
for k, sec in enumerate(others):
    sec.insert("hh")
    if k % 2:
        sec.connect(dend(1))
found["sections added"] = run()
dend.insert("hh")
found["mechanism added"] = run()
del sec, others
found["sections gone"] = run()

report(found)
