"""APCount: number and times of crossings, with thresholds above and below the peak. No NetCon hears of them."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 18
sec.insert("hh")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 60, 0.3
counts = [h.APCount(sec(0.5)) for _ in range(3)]
defaults = [counts[0].thresh, counts[0].n, counts[0].time]
vectors = [h.Vector() for _ in counts]
for count, thresh, times in zip(counts, (-20, 10, 60), vectors):
    count.thresh = thresh
    count.record(times)
netcon, heard = h.NetCon(counts[0], None), h.Vector()
netcon.record(heard)
h.finitialize(-65)
progress = []
while h.t < 60:
    h.fadvance()
    progress.append([count.n for count in counts])



def again():
    """The Vector is emptied by an initialization, and left alone after record()."""
    h.finitialize(-65)
    emptied = [len(times) for times in vectors]
    counts[1].record()
    while h.t < 5:
        h.fadvance()
    return [emptied, [len(times) for times in vectors]]


report({
    "defaults": defaults,
    "n": [count.n for count in counts],
    "time": [count.time for count in counts],
    "times": [list(times) for times in vectors],
    "progress": progress,
    "heard": list(heard),
    "begun and ended": again(),
})
