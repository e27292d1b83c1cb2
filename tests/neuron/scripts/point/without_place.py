"""A point process without a place cannot take part; one that got a place can."""

from neuron import n
from paired import raises, report

sec = n.Section("soma")
sec.insert("pas")
loose = n.IClamp()
refused = raises(lambda: loose.get_loc())
loose.loc(sec(0.5))
loose.delay, loose.dur, loose.amp = 0, 10, 1
n.finitialize(-70)
for _ in range(20):
    n.fadvance()

report({"get_loc": refused, "v": sec(0.5).v, "i": loose.i})
