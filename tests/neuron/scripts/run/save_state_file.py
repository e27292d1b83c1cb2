"""SaveState written to a file and read by another SaveState."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 15
sec.insert("hh")
clamp = h.IClamp(sec(0.5))
clamp.delay, clamp.dur, clamp.amp = 1, 20, 0.4
h.finitialize(-65)
for _ in range(150):
    h.fadvance()
saved = h.SaveState()
saved.save()
file = h.File("state.bin")
saved.fwrite(file)
at = [h.t, sec(0.5).v, sec(0.5).hh.m]
for _ in range(100):
    h.fadvance()
later = [h.t, sec(0.5).v, sec(0.5).hh.m]
other = h.SaveState()
other.fread(h.File("state.bin"))
h.finitialize(-65)
other.restore()
back = [h.t, sec(0.5).v, sec(0.5).hh.m]
for _ in range(100):
    h.fadvance()

report({"at": at, "later": later, "back": back, "again": [h.t, sec(0.5).v, sec(0.5).hh.m]})
