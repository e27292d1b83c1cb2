"""TABLEs that depend on RANGE variables: made with their values, and anew when they change."""

from neuron import h
from paired import mechanisms, report

mechanisms("keyedtable.mod")
sec = h.Section(name="soma")
sec.L, sec.diam, sec.nseg = 60, 4, 3
sec.insert("pas")
sec.insert("keyedtable")
clamp = h.IClamp(sec(0.1))
clamp.delay, clamp.dur, clamp.amp = 1, 10, 0.03


def run():
    h.finitialize(-63)
    trace = [[(seg.v, seg.n_keyedtable, seg.ntau_keyedtable) for seg in sec]]
    while h.t < 15:
        h.fadvance()
        trace.append([(seg.v, seg.n_keyedtable, seg.ntau_keyedtable) for seg in sec])
    return trace


# in the first INITIAL NEURON's tables are made before q has a value
run()
found = {"defaults": run()}
for seg in sec:
    seg.shift_keyedtable = -3
    seg.slope_keyedtable = 12
run()
found["other parameters"] = run()
h.celsius = 25
run()
found["warmer"] = run()
found["by name"] = [sec(0.5).keyedtable.block(x) for x in (-150, -63, 0.7, 90)]
h.usetable_keyedtable = 0
found["exact"] = run()

report(found)
