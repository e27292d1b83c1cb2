"""`active(True)` computes what DERIVATIVE assigns: INITIAL may read it."""

from neuron import h
from paired import mechanisms, report

mechanisms("cvode/lateinit.mod", "cvode/gateform.mod")
cvode = h.CVode()
cell = h.Section(name="cell")
cell.L = cell.diam = 20
cell.insert("pas")
cell.insert("lateinit")
found = {}
cvode.active(True)
h.finitialize(-60)
found["first"] = cell(0.5).m_lateinit
cvode.active(False)
cell.insert("gateform")
h.finitialize(-40)
cvode.active(True)
h.finitialize(-60)
found["again"] = cell(0.5).m_lateinit
cvode.solve(2)
found["later"] = [cell(0.5).v, cell(0.5).m_lateinit]
report(found, rtol=1e-3)
