"""States that diffuse along a branched cable (LONGITUDINAL_DIFFUSION) with CVODE and with IDA."""

from neuron import h
from paired import mechanisms, report

mechanisms("methods/diffusing.mod")
h.load_file("stdrun.hoc")
soma = h.Section(name="soma")
soma.L, soma.diam, soma.nseg = 20, 8, 3
branches = [h.Section(name=f"branch{i}") for i in range(3)]
for i, branch in enumerate(branches):
    branch.connect((soma if i == 0 else branches[0])(1))
    branch.L, branch.diam, branch.nseg = 40, 2 - 0.4 * i, 5
for sec in [soma, *branches]:
    sec.insert("pas")
    sec.insert("diffusing")
cvode = h.CVode()
cvode.active(True)
cvode.atol(1e-8)
places = [soma(0.1), soma(0.9), branches[0](0.5), branches[1](0.5), branches[2](0.9)]


def run():
    h.finitialize(-65)
    soma(0.5).cai = 0.01
    branches[1](0.9).dye_diffusing[1] = 5
    cvode.re_init()
    found = []
    for t in (1, 5, 20):
        cvode.solve(t)
        found.append([
            [seg.cai, seg.free_diffusing, seg.bound_diffusing, *seg.dye_diffusing, seg.v]
            for seg in places
        ])
    return found


found = {}
for method in ("cvode", "ida"):
    cvode.use_daspk(method == "ida")
    found[method] = run()
report(found, rtol=1e-4, atol=1e-7)
