"""A gate as a DERIVATIVE with cnexp, and as the PROCEDURE that it replaces."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/gateform.mod", "cvode/gateproc.mod")
h.load_file("stdrun.hoc")
cells = []
for name in ("gateform", "gateproc"):
    cell = h.Section(name=name)
    cell.L = cell.diam = 20
    cell.insert("pas")
    cell.e_pas = -65
    cell.insert(name)
    clamp = h.IClamp(cell(0.5))
    clamp.delay, clamp.dur, clamp.amp = 0.5, 3, 0.5
    cells.append((cell, clamp))
h.finitialize(-65)
h.continuerun(3)
form, proc = (cell for cell, _ in cells)
found = {
    "fixed": [form(0.5).v, form(0.5).n_gateform],
    "same": abs(form(0.5).n_gateform - proc(0.5).n_gateproc) < 1e-6,
}
cells.pop()
del proc, cell, clamp
for section in list(h.allsec()):
    if section.name() == "gateproc":
        h.delete_section(sec=section)
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-7)
h.finitialize(-65)
cvode.solve(3)
found["variable"] = [form(0.5).v, form(0.5).n_gateform]
report(found, rtol=1e-5)
