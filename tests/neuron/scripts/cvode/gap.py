"""Transfers between cells (gap junctions) in each evaluation."""

from neuron import h
from paired import mechanisms, report

mechanisms("interface/junction.mod")
h.load_file("stdrun.hoc")
pc = h.ParallelContext()
cells = [h.Section(name=f"cell{i}") for i in range(2)]
junctions = []
for i, cell in enumerate(cells):
    cell.L = cell.diam = 20
    cell.insert("pas")
    cell.e_pas = -65
    junction = h.Junction(cell(0.5))
    pc.source_var(cell(0.5)._ref_v, i, sec=cell)
    pc.target_var(junction, junction._ref_vgap, 1 - i)
    junctions.append(junction)
pc.setup_transfer()
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-7)
h.finitialize(-65)
cells[0](0.5).v = -40
cvode.re_init()
cvode.solve(2)
report({"v": [cell(0.5).v for cell in cells], "i": [each.i for each in junctions]}, rtol=1e-5)
