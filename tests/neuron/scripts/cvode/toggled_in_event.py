"""Code that a run calls switches between fixed and variable steps: what is under way goes on as it began."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
cells = [h.Section(name=name) for name in "ab"]
for cell in cells:
    cell.L = cell.diam = 20
    cell.insert("hh")
h.usetable_hh = 0
stimulus = h.IClamp(cells[0](0.5))
stimulus.delay, stimulus.dur, stimulus.amp = 0.2, 1, 0.5
cvode, parallel = h.CVode(), h.ParallelContext()
cvode.atol(1e-6)
parallel.set_maxstep(10)
seen, found = [], {}


def switch(on):
    seen.append([round(h.t, 6), cvode.active()])
    cvode.active(on)


def begin(on):
    cvode.active(on)
    h.dt = 0.025
    seen.clear()
    h.finitialize(-65)


def step(count):
    h.dt = 0.025
    before = h.t
    for _ in range(count):
        h.fadvance()
    return round(h.t - before, 9)


begin(False)
cvode.event(0.51, (switch, True))
times = [(h.fadvance(), h.t)[1] for _ in range(21)]
begun = h.t
h.fadvance()
found["fixed, fadvance"] = [seen[:], times, h.t - begun < 0.01, h.t > begun]

begin(True)
cvode.event(0.5, (switch, False))
while h.t <= 0.5:
    h.fadvance()
found["variable, fadvance"] = [seen[:], cvode.active(), h.t > 0.5, step(3)]

begin(True)
cvode.event(0.5, (switch, False))
cvode.solve(2)
found["variable, solve"] = [seen[:], h.t >= 2, cvode.active(), step(1)]

begin(False)
cvode.event(0.5, (switch, True))
parallel.psolve(2)
found["fixed, psolve"] = [seen[:], h.t, cvode.active()]
parallel.psolve(3)
found["fixed, psolve"] += [h.t]

begin(True)
cvode.event(0.5, (switch, False))
parallel.psolve(2)
found["variable, psolve"] = [seen[:], h.t >= 2, cvode.active(), step(2)]

for name, choose in {"local": cvode.use_local_dt, "ida": cvode.use_daspk}.items():
    cvode.active(True)
    choose(True)
    begin(True)
    cvode.event(0.5, (switch, False))
    cvode.solve(1)
    found[name] = [seen[:], h.t >= 1, step(1)]
    cvode.event(1.5, (switch, True))
    while h.t < 1.51:
        h.fadvance()
    found[name] += [seen[1][1], len(seen), cvode.active()]
    cvode.solve(2.5)
    found[name] += [h.t]
    choose(False)

begin(False)
for k in range(4):
    cvode.event(1, (switch, k % 2))
while h.t < 1.2:
    h.fadvance()
found["several at a time"] = [seen[:], cvode.active()]

for kind in range(4):
    for on in (True, False):
        handler = h.FInitializeHandler(kind, lambda: cvode.active(on))
        begin(not on)
        found[f"handler {kind}, {on}"] = [cvode.active(), step(1) == 0.025]
        del handler
report(found, atol=1e-9)
