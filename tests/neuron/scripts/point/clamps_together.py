"""Several clamps and synapses at one place; some move during the run."""

from neuron import h
from paired import report

sec = h.Section(name="dend")
sec.L, sec.diam, sec.nseg = 300, 2, 5
sec.insert("pas")
clamps = [h.IClamp(sec(0.5)) for _ in range(3)]
for k, clamp in enumerate(clamps):
    clamp.delay, clamp.dur, clamp.amp = 0.5 * k, 3, 0.01 * (k + 1)
syn = h.AlphaSynapse(sec(0.5))
syn.onset, syn.tau, syn.gmax = 1, 0.4, 0.001
h.finitialize(-70)
trace = []
while h.t < 4:
    h.fadvance()
    trace.append([seg.v for seg in sec] + [clamp.i for clamp in clamps] + [syn.i])
    if abs(h.t - 2) < 1e-6:
        clamps[1].loc(sec(0.9))
        syn.loc(sec(0.1))

report({"trace": trace, "places": [clamp.get_segment().x for clamp in clamps]})
