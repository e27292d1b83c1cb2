"""A handler of the initialization that makes steps, to a steady state from a time before 0."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
cell = h.Section(name="cell")
cell.L = cell.diam = 20
cell.insert("hh")
source = h.NetStim()
source.start, source.number, source.interval = 1, 2, 1
netcon, spikes = h.NetCon(source, None), h.Vector()
netcon.record(spikes)
voltages, times, sampled = h.Vector(), h.Vector(), h.Vector()
voltages.record(cell(0.5)._ref_v)
times.record(h._ref_t)
sampled.record(cell(0.5)._ref_v, 0.5)
cvode = h.CVode()
cvode.atol(1e-6)


def settle():
    dt, on = h.dt, cvode.active()
    cvode.active(False)
    h.t, h.dt = -1e4, 100
    while h.t < -100:
        h.fadvance()
    cvode.active(on)
    h.t, h.dt = 0, dt
    if on:
        cvode.re_init()
    else:
        h.fcurrent()
    h.frecord_init()


handler = h.FInitializeHandler(settle)
found = {}
for on in (False, True):
    cvode.active(on)
    h.dt = 0.025
    h.finitialize(-65)
    begun = [h.t, cell(0.5).v, cell(0.5).m_hh, cvode.active()]
    if on:
        cvode.solve(2.3)
    else:
        while h.t < 2.3 - 1e-9:
            h.fadvance()
    found[f"active {on}"] = [begun, cell(0.5).v, list(spikes), list(sampled), times[0], voltages[0]]

# counted anew from where recordings begin in the middle of a run
cvode.active(False)
h.dt = 0.025
h.finitialize(-65)
while h.t < 0.725 - 1e-9:
    h.fadvance()
h.frecord_init()
while h.t < 2 - 1e-9:
    h.fadvance()
found["in the middle"] = list(sampled)
report(found, rtol=1e-4)
