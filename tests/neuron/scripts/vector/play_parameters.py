"""A Vector played into a parameter of a mechanism, into a point process and into a global."""

from neuron import n
from paired import report

sec = n.Section("soma")
sec.L = sec.diam = 20
sec.insert("pas")
clamp = n.SEClamp(sec(0.5))
clamp.dur1, clamp.rs = 1e9, 1
command = n.Vector([-70, -40, -80, -60])
at = n.Vector([0, 1, 2, 3])
command.play(clamp._ref_amp1, at, 1)
leak = n.Vector([0.001, 0.01, 0.002])
leak_at = n.Vector([0, 0.7, 2.2])
leak.play(sec(0.5).pas._ref_g, leak_at, 1)
n.finitialize(-70)
v, i, g = [], [], []
while n.t < 4:
    n.fadvance()
    v.append(sec(0.5).v)
    i.append(clamp.i)
    g.append(sec(0.5).pas.g)

report({"v": v, "i": i, "g": g}, loose={"i": {"rtol": 1e-9, "atol": 1e-9}})  # as in seclamp
