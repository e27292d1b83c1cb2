"""VClamp: the two-electrode clamp with its amplifier, three levels."""

from neuron import h
from paired import report

sec = h.Section(name="soma")
sec.L = sec.diam = 15
sec.insert("pas")
clamp = h.VClamp(sec(0.5))
defaults = [clamp.gain, clamp.rstim, clamp.tau1, clamp.tau2, list(clamp.dur), list(clamp.amp)]
for k, (dur, amp) in enumerate(((1, -65), (2, -20), (1.5, -70))):
    clamp.dur[k], clamp.amp[k] = dur, amp
h.finitialize(-65)
v, i = [], []
while h.t < 5:
    h.fadvance()
    v.append(sec(0.5).v)
    i.append(clamp.i)

report({"defaults": defaults, "v": v, "i": i},
       # the amplifier multiplies the last bits of v by 1e5, and NEURON's conductance, a
       # difference of such currents, has few digits
       loose={"i": {"rtol": 1e-5, "atol": 1e-7}})
