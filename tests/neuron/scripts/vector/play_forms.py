"""Vector.play: each step, spaced by dt, at given times, and with interpolation."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 20
sec.insert("pas")
clamps = [h.IClamp(sec(0.5)) for _ in range(4)]
for clamp in clamps:
    clamp.delay, clamp.dur = 0, 1e9
wave = h.Vector([0, 0.1, 0.3, -0.2, 0.05, 0.2])
times = h.Vector([0, 0.5, 1, 1.01, 2, 3])
found = {}


def run(until=3.5):
    v, amp = [], []
    h.finitialize(-70)
    while h.t < until:
        h.fadvance()
        v.append(sec(0.5).v)
        amp.append([clamp.amp for clamp in clamps])
    return {"v": v, "amp": amp}


wave.play(clamps[0]._ref_amp, times)
found["at times"] = run()
wave.play_remove()
clamps[0].amp = 0
wave.play(clamps[1]._ref_amp, times, True)
found["continuous"] = run()
wave.play_remove()
clamps[1].amp = 0
wave.play(clamps[2]._ref_amp, 0.4)
found["spaced"] = run()
wave.play_remove()
clamps[2].amp = 0
found["removed"] = run(0.5)

report(found)
