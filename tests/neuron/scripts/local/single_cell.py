"""One hh cell: the local method is as exact as the global one, and as a run with tight tolerances."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1, 3, 0.6
cvode = h.CVode()
y, times = h.Vector(), h.Vector()
cvode.record(soma(0.5)._ref_v, y, times, sec=soma)
at = h.Vector([0.5 * k for k in range(1, 30)])
v = h.Vector().record(soma(0.5)._ref_v, at)


def run(local, atol):
    cvode.atol(atol)
    h.cvode_active(True)
    if local:
        h.cvode_local(1)
    h.finitialize(-65)
    h.continuerun(15)
    return list(v)


tight = run(False, 1e-9)
local, whole = run(True, 1e-6), run(False, 1e-6)
converged = run(True, 1e-9)
error = max(abs(a - b) for a, b in zip(local, tight))
found = {
    "converged": converged,
    "as exact": error < 1e-2,
    "as the global method": max(abs(a - b) for a, b in zip(local, whole)) < 1e-2,
    "points": [len(y) == len(times), times[0], y[0], times[-1]],
    "method": cvode.current_method(),
}
report(found, rtol=1e-5, atol=1e-5)
