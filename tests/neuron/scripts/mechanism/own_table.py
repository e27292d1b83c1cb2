"""TABLEs of instances with unequal parameters: each interpolates with values of its own."""

from neuron import h
from paired import mechanisms, report

mechanisms("owntable.mod")
sec = h.Section(name="soma")
sec.L, sec.diam, sec.nseg = 60, 4, 3
sec.insert("pas")
sec.insert("owntable")
clamp = h.IClamp(sec(0.1))
clamp.delay, clamp.dur, clamp.amp = 1, 10, 0.03
for seg, shift, slope, lowest in zip(sec, (5, -3, 8), (9, 12, 9), (-120, -120, -97)):
    seg.owntable.shift, seg.owntable.slope, seg.owntable.lowest = shift, slope, lowest


def run():
    h.finitialize(-63)
    trace = [[(seg.v, seg.n_owntable) for seg in sec]]
    while h.t < 15:
        h.fadvance()
        trace.append([(seg.v, seg.n_owntable) for seg in sec])
    return trace


found = {"unequal": run()}
found["by name"] = [seg.owntable.block(x) for seg in sec for x in (-150, -63, 0.7, 90)]
h.usetable_owntable = 0
found["exact"] = run()

report(found)
