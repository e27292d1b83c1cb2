"""A spike along an axon: as many steps, evaluations and solutions as NEURON makes. (A current is
recorded: where only states are looked at, the evaluation behind each step is left out here.)"""

import re

from neuron import h
from paired import captured, report

h.load_file("stdrun.hoc")
axon = h.Section(name="axon")
axon.L, axon.diam, axon.nseg = 1000, 1, 51
axon.insert("hh")
stimulus = h.IClamp(axon(0))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 0.5
h.cvode_active(True)
cvode = h.CVode()
t = h.Vector().record(h._ref_t)
v = h.Vector().record(axon(0.5)._ref_v)
n = h.Vector().record(axon(0.9)._ref_n_hh)
ina = h.Vector().record(axon(0.5)._ref_ina)
h.tstop = 20
found = {}
for atol in (1e-3, 1e-5):
    cvode.atol(atol)
    h.run()
    found[f"{atol}"] = {
        "t": t.c(),
        "v": v.c(),
        "n": n.c(),
        "ina": ina.c(),
        "end": [h.t, axon(0.1).v, axon(0.1).i_cap],
    }
    if atol == 1e-3:
        text = captured(cvode.statistics)
        counts = re.findall(r"(\d+) (?:CVod|adva|inter|init |due|func|mx)", text)
        found["counts"] = [int(count) for count in counts]
# The order of operations within a step is not the same to the last bit.
report(found, rtol=1e-4, atol=1e-6)
