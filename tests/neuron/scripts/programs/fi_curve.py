"""An f-I curve: rates over currents, with NetCon.record and one model for all runs."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 18
soma.insert("hh")
clamp = h.IClamp(soma(0.5))
clamp.delay, clamp.dur = 5, 100
times = h.Vector()
watch = h.NetCon(soma(0.5)._ref_v, None, sec=soma)
watch.threshold = -10
watch.record(times)
h.tstop = 105
curve = {}
for k in range(8):
    clamp.amp = 0.05 * k
    h.run()
    curve[f"{clamp.amp:.2f}"] = [len(times), *list(times)[:3]]

report({"curve": curve})
