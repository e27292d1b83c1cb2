"""A spike along an axon: the same first hundred steps, evaluations and solutions as NEURON makes, and
where they lead. (A current is recorded: where only states are looked at, the evaluation behind each step is
left out here. More than a hundred steps after a beginning follow their errors more closely.)"""

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
found, loose = {}, {}
for atol in (1e-3, 1e-5):
    cvode.atol(atol)
    h.finitialize(-65)
    for _ in range(100):
        h.fadvance()
    found[f"{atol}"] = {"t": t.c(), "v": v.c(), "n": n.c(), "ina": ina.c()}
    if atol == 1e-3:
        text = captured(cvode.statistics)
        counts = re.findall(r"(\d+) (?:CVod|adva|inter|init |due|func|mx)", text)
        found["counts"] = [int(count) for count in counts]
    cvode.solve(20)
    found[f"end {atol}"] = [h.t, axon(0.1).v, axon(0.1).i_cap]
    loose[f"end {atol}"] = {"rtol": atol, "atol": 1e-5}
# The order of operations within a step is not the same to the last bit.
report(found, rtol=1e-4, atol=1e-6, loose=loose)
