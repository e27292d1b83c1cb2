"""cvode_active and cvode_local of the standard run system keep dt of fixed steps, and choose the matrix."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 0.5, 1
cvode = h.cvode
h.dt, h.steps_per_ms, h.tstop = 0.05, 20, 3
times = h.Vector()
times.record(h._ref_t)


def now():
    return [h.using_cvode_, cvode.active(), cvode.use_local_dt(), cvode.current_method()]


found = {"first": [h.cvode_active(True), h.dt, now()]}
h.run()
found["a run"] = [h.dt > 0.05]
found["back"] = [h.cvode_active(False), h.dt, now()]
h.run()
found["fixed"] = [h.t, h.dt, len(times)]
h.cvode_active(True)
h.dt = 0.3
h.run()
found["set in between"] = [h.cvode_active(False), h.dt]
found["local"] = [h.cvode_local(True), h.dt, now()]
h.run()
found["local"] += [h.cvode_local(False), h.dt, now(), h.cvode_active(True), now()]
h.run()
h.cvode_active(False)
lengths = []
for on in (False, True, False, True, False):
    h.cvode_active(on)
    h.run()
    if not on:
        lengths.append([len(times), h.t, h.dt])
found["by turns"] = lengths
cvode.active(True)
h.finitialize(-65)
h.fadvance()
found["switched otherwise"] = [h.using_cvode_, h.cvode_active(False), h.dt, now()]
cvode.use_mxb(True)
found["matrix"] = [h.cvode_active(True), now()]
cvode.use_daspk(True)
found["ida"] = [now(), h.cvode_active(True), now()]
cvode.use_daspk(True)
found["ida"] += [h.cvode_active(False), now()]
report(found)
