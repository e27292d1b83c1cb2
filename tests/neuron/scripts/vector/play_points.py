"""play with two times each for steps: discontinuities of a continuous Vector."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.insert("pas")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur = 0, 1e9
times = h.Vector([0, 1, 1, 2, 2, 3])
values = h.Vector([0, 0, 0.5, 1, -0.5, -0.5])
values.play(clamp._ref_amp, times, 1)
h.finitialize(-70)
trace = []
while h.t < 4:
    h.fadvance()
    trace.append([clamp.amp, clamp.i, sec(0.5).v])

report({"trace": trace})
