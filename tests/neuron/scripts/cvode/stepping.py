"""fadvance, solve, continuerun, psolve and re_init: where they stop."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L = soma.diam = 20
soma.insert("hh")
stimulus = h.IClamp(soma(0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 1.2345, 0.5, 1
cvode = h.CVode()
found = {"before": [cvode.active(), h.cvode_active()]}
h.cvode_active(True)
found["after"] = [cvode.active(), h.cvode_active(), h.using_cvode_]
t = h.Vector().record(h._ref_t)
v = h.Vector().record(soma(0.5)._ref_v)
at = h.Vector([0, 0.7, 1.2345, 1.3, 4.4])
sampled = h.Vector().record(soma(0.5)._ref_v, at)
times = h.Vector().record(h._ref_t, 1)
h.finitialize(-65)
found["first"] = [h.t, len(t), len(v), len(sampled), len(times)]
steps = []
for _ in range(12):
    h.fadvance()
    steps.append(h.t)
found["steps"] = steps
found["points"] = list(t)
h.continuerun(2)
found["continuerun"] = [h.t, t[-1], len(set(t)) == len(t)]
cvode.solve(3.3)
found["solve"] = [h.t, t[-1]]
cvode.solve()
found["one step"] = h.t > 3.3
pc = h.ParallelContext()
pc.set_maxstep(10)
pc.psolve(5)
found["psolve"] = [h.t, soma(0.5).v]
found["sampled"] = list(sampled)
found["times"] = list(times)
found["exact"] = [1.2345 in [round(x, 10) for x in t], 1.7345 in [round(x, 10) for x in t]]
soma(0.5).v = -50
cvode.re_init()
h.fadvance()
found["from -50"] = abs(soma(0.5).v + 50) < 1
cvode.active(False)
h.dt = 0.025
h.finitialize(-65)
h.fadvance()
found["fixed again"] = [h.t, soma(0.5).v]
# Lengths of steps follow from differences of the size of the tolerance.
loose = {
    "steps": {"rtol": 1e-3},
    "points": {"rtol": 1e-3},
    "psolve": {"rtol": 1e-3},
    "sampled": {"rtol": 1e-3},
}
report(found, rtol=1e-9, atol=1e-12, loose=loose)
