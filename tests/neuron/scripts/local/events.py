"""event(t, f) finds all cells at its time; with a point process that cell alone; re_init makes a change count."""

from neuron import h
from paired import report

h.load_file("stdrun.hoc")
h.usetable_hh = 0
cells, clamps = [], []
for k in range(3):
    soma = h.Section(name=f"soma{k}")
    soma.L = soma.diam = 10 + 4 * k
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.dur, clamp.amp = 1e9, 0
    cells.append(soma), clamps.append(clamp)
cvode = h.CVode()
cvode.atol(1e-8)
h.cvode_local(1)
log = []


def all_of_them():
    log.append(["all", h.t, [soma(0.5).v for soma in cells]])


def one_of_them():
    log.append(["one", h.t, cells[1](0.5).v])


def change():
    log.append(["change", h.t, cells[2](0.5).v])
    clamps[2].amp = 0.5


def everywhere():
    log.append(["everywhere", h.t, cells[0](0.5).v])
    for clamp in clamps:
        clamp.amp = 0.2
    cvode.re_init()


h.finitialize(-65)
cvode.event(0.777, all_of_them)
cvode.event(1.5, one_of_them, clamps[1], 0)
cvode.event(2.25, change, clamps[2], 1)
cvode.event(4, everywhere)
cvode.event(5, all_of_them)
h.continuerun(7)
found = {
    "log": log,
    "end": [h.t, [soma(0.5).v for soma in cells]],
}
report(found, rtol=2e-6, atol=1e-6)
